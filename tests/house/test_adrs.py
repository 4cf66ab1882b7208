"""Decisions are written down: one page each, numbered, all with the same headings."""

import re

from tests.house.tree import matching, text

FOLDER = "docs/adr/"
NAME = re.compile(r"(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.md")
HEADINGS = ("Status", "Context", "Decision", "Consequences", "How it is enforced")
MOST_LINES = 79
NOT_A_DECISION = {"README.md"}


def wrong_numbers(names: list[str]) -> list[str]:
    misnamed = [f"{name}: not called NNNN-title.md" for name in names if not NAME.fullmatch(name)]
    numbers = sorted(int(name[:4]) for name in names if NAME.fullmatch(name))
    expected = list(range(1, len(numbers) + 1))
    return misnamed + ([] if numbers == expected else [f"numbers are {numbers}, not 1 to {len(numbers)}"])


def wrong_page(page: str) -> list[str]:
    lines = page.splitlines()
    found = [f"no heading '{heading}'" for heading in HEADINGS if f"## {heading}" not in lines]
    if not (lines and lines[0].startswith("# ")):
        found.append("the first line is not a title")
    if len(lines) > MOST_LINES:
        found.append(f"{len(lines)} lines; one page is at most {MOST_LINES}")
    return found


def test_decisions_are_numbered_without_gaps() -> None:
    names = [name.name for name in matching(FOLDER, ".md") if name.name not in NOT_A_DECISION]
    assert names, "there is no decision in docs/adr"
    assert wrong_numbers(names) == []


def test_each_decision_is_one_whole_page() -> None:
    pages = [name for name in matching(FOLDER, ".md") if name.name not in NOT_A_DECISION]
    assert [f"{name}: {found}" for name in pages for found in wrong_page(text(name) or "")] == []


def test_the_checkers_can_fail() -> None:
    assert wrong_numbers(["0001-a-b.md", "0002-c.md"]) == []
    assert wrong_numbers(["0001-a.md", "0001-b.md"]) != []
    assert wrong_numbers(["0001-a.md", "0003-b.md"]) != []
    assert wrong_numbers(["0001-a.md", "Two.md"]) != []
    good = "# T\n" + "".join(f"\n## {heading}\n\nx\n" for heading in HEADINGS)
    assert wrong_page(good) == []
    assert wrong_page(good.replace("## Context", "Context")) == ["no heading 'Context'"]
    assert wrong_page(good + "x\n" * 80) != []
    assert wrong_page("") != []
