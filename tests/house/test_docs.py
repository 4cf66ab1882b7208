"""The papers exist, their links lead somewhere, and the map shows every room."""

import ast
import posixpath
import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from tests.house.tree import matching, ours, text

PAPERS = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "docs/start-here.md",
    "docs/map.md",
    "docs/words.md",
)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(\s*<?([^)>\s]+)>?[^)]*\)|^\s*\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.IGNORECASE)


def links(page: str) -> list[str]:
    """The targets of a page's links that stay inside the repository, without their #anchors."""
    prose = INLINE_CODE.sub("", FENCED.sub("", page))
    targets = [first or second for first, second in LINK.findall(prose)]
    return [target.split("#")[0] for target in targets if not ELSEWHERE.match(target)]


def broken_links(name: str, page: str, places: set[str]) -> list[str]:
    """The links of the page called `name` that lead to none of `places` (files and folders)."""
    folder = posixpath.dirname(name)
    resolved = {link: posixpath.normpath(posixpath.join(folder, link)) for link in links(page)}
    return [f"{name}: {link}" for link, place in resolved.items() if place not in places]


def files_and_folders(names: Iterable[PurePosixPath]) -> set[str]:
    return {str(place) for name in names for place in (name, *name.parents)}


def rooms(names: Iterable[PurePosixPath]) -> set[str]:
    """Direct sub-packages of godwit, and of its largest room, records."""
    packages = {name.parent.parts for name in names if name.name == "__init__.py"}
    return {
        parts[-1]
        for parts in packages
        if (len(parts) == 3 and parts[:2] == ("src", "godwit"))
        or (len(parts) == 4 and parts[:3] == ("src", "godwit", "records"))
    }


def not_on_the_map(page: str, wanted: Iterable[str]) -> list[str]:
    """Rooms that the map names neither as `room` nor as room/ ."""
    return [room for room in sorted(wanted) if not re.search(rf"(?<![\w-]){room}(/|`)", page)]


def test_the_papers_exist() -> None:
    missing = [name for name in PAPERS if not (text(PurePosixPath(name)) if known(name) else "")]
    assert missing == []


def known(name: str) -> bool:
    return PurePosixPath(name) in ours()


def test_every_relative_link_leads_somewhere() -> None:
    places = files_and_folders(ours())
    pages = {str(name): text(name) or "" for name in matching("", ".md")}
    assert [bad for name, page in pages.items() for bad in broken_links(name, page, places)] == []


def test_the_map_names_every_room() -> None:
    page = text(PurePosixPath("docs/map.md")) if known("docs/map.md") else ""
    assert not_on_the_map(page or "", rooms(ours())) == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [name for name in matching("src/", ".py") if not ast.get_docstring(ast.parse(text(name) or ""))]
    assert [str(name) for name in silent if not name.name.startswith("_") or name.name == "__init__.py"] == []


def test_the_checkers_can_fail() -> None:
    page = "[a](b.md) [c](../d.md#x) [e](https://example.org) [f](#here) `[g](h.md)`\n```\n[i](j.md)\n```\n"
    assert links(page) == ["b.md", "../d.md"]
    assert broken_links("docs/p.md", page, {"docs/b.md", "d.md"}) == []
    assert broken_links("docs/p.md", page, {"docs/b.md"}) == ["docs/p.md: ../d.md"]
    found = rooms(
        PurePosixPath(f"src/godwit/{part}__init__.py") for part in ("", "plan/", "records/", "records/x/")
    )
    assert found == {"plan", "records", "x"}
    assert not_on_the_map("`plan` and records/ ", found) == ["x"]
