"""The lock holds names, versions and hashes for everything we install, and nothing else."""

import re
import tomllib
from itertools import chain
from pathlib import PurePosixPath

from tests.house.tree import text

ENTRY = re.compile(r"([A-Za-z0-9._-]+)==([^\s;]+)( ; [^\\]+)?( \\)?")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def wrong_lines(lock: str) -> list[str]:
    """Lines that are neither a pinned name nor a hash: addresses, options, paths, remarks."""
    allowed = (ENTRY, HASH)
    return [line for line in lock.splitlines() if not any(form.fullmatch(line) for form in allowed)]


def pinned(lock: str) -> dict[str, str]:
    found = (ENTRY.fullmatch(line) for line in lock.splitlines())
    return {plain(entry[1]): entry[2] for entry in found if entry}


def without_hash(lock: str) -> list[str]:
    blocks = re.split(r"^(?=\S)", lock, flags=re.MULTILINE)
    return [block.split("\n")[0] for block in blocks if block.strip() and "--hash=" not in block]


def plain(name: str) -> str:
    """A package's name as an index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(project: str) -> dict[str, str]:
    """Every package that pyproject.toml asks for by name, with the version rule it gives."""
    table = tomllib.loads(project)
    grouped = chain.from_iterable(table.get("dependency-groups", {}).values())
    lines = [*table["build-system"]["requires"], *table["project"]["dependencies"], *grouped]
    parts = (re.fullmatch(r"([\w.-]+)(?:\[[^\]]*\])?\s*([^;]*?)\s*(?:;.*)?", line) for line in lines)
    return {plain(part[1]): part[2] for part in parts if part}


def not_locked(project: str, lock: str) -> list[str]:
    """Packages that the lock lacks, or holds in another version than an exact pin asks for."""
    have = pinned(lock)
    lacking = [name for name in wanted(project) if name not in have]
    pins = {name: rule[2:] for name, rule in wanted(project).items() if rule.startswith("==")}
    return lacking + [name for name, version in pins.items() if have.get(name, version) != version]


def read(name: str) -> str:
    return text(PurePosixPath(name)) or ""


def test_the_lock_holds_only_names_versions_and_hashes() -> None:
    assert wrong_lines(read("requirements.lock")) == []


def test_everything_in_the_lock_has_a_hash() -> None:
    assert pinned(read("requirements.lock"))
    assert without_hash(read("requirements.lock")) == []


def test_everything_we_ask_for_is_in_the_lock() -> None:
    assert not_locked(read("pyproject.toml"), read("requirements.lock")) == []


def test_the_checkers_can_fail() -> None:
    digest = "    --hash=sha256:" + "0" * 64
    good = f"a-b==1.0 ; sys_platform == 'win32' \\\n{digest} \\\n{digest}\n"
    assert wrong_lines(good) == []
    bad = ["--index-url https://example.org/simple", "# via x", "a @ file:///x", "a>=1"]
    assert wrong_lines(good + "\n".join(bad)) == bad
    assert without_hash(good + "c==2\n") == ["c==2"]
    project = (
        "build-system.requires = ['A.B']\nproject.dependencies = ['c>=1']\ndependency-groups.dev = ['a_b==2']"
    )
    assert not_locked(project, good) == ["c", "a-b"]
