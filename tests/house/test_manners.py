"""Nothing is silent: the habits that hide a lost record are banned, wherever they are written."""

import ast
import re
from pathlib import PurePosixPath

from tests.house.tree import Checker, complaints, dotted, matching, ours, text

# Each of these made a reader drop or invent data without a word (docs/adr says which, and how much).
BANNED_IN_READING = re.compile(
    r"\b(ignore_errors|null_padding)\b|\bauto_detect\s*[=:]+\s*true\b|\bread_csv_auto\b|\bsniff_csv\b",
    re.IGNORECASE,
)
DUMPING_GROUNDS = {"utils", "util", "helpers", "helper", "common", "misc", "core"}
MACHINE_PATH = re.compile(r"(?<![\w./~-])/(?:work|root|home|Users|mnt)/\w|\b[A-Z]:\\(?:Users|work)\b")
ENGINE, ENGINE_ROOM = "duckdb", "src/godwit/records/duck.py"
IMPORTERS = ("__import__", "import_module", "importlib.import_module")
DEPENDENCY = re.compile(r'^\s+"[^"]+",?(.*)$')
SKIPS = ("pytest.skip", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail")

# "path: complaint" for a line that must stay, and why. One that is no longer found fails the test.
EXCEPTIONS: dict[str, str] = {}


def bare_excepts(source: str) -> list[str]:
    return [
        f"line {node.lineno}: says 'except' and not which error"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]


def is_silent(statement: ast.stmt) -> bool:
    """Whether a statement does nothing about an error: pass, ..., continue, break, return None."""
    if isinstance(statement, ast.Return):
        return statement.value is None or (
            isinstance(statement.value, ast.Constant) and statement.value.value is None
        )
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass | ast.Continue | ast.Break)


def silenced_errors(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ExceptHandler) and all(map(is_silent, node.body)):
            found.append(f"line {node.lineno}: an error is caught and nothing is said")
        if isinstance(node, ast.Call) and dotted(node.func) in ("suppress", "contextlib.suppress"):
            found.append(f"line {node.lineno}: suppress hides an error")
    return found


def asserts(source: str) -> list[str]:
    return [
        f"line {node.lineno}: assert vanishes under -O; raise an error that says what is wrong"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assert)
    ]


def lossy_reading(source: str) -> list[str]:
    return [f"{match.group()} loses or invents records" for match in BANNED_IN_READING.finditer(source)]


def machine_paths(page: str) -> list[str]:
    return [f"names a folder of one machine: {match.group()}" for match in MACHINE_PATH.finditer(page)]


def engine_imports(source: str) -> list[str]:
    names = [name for node in ast.walk(ast.parse(source)) for name in imported_names(node)]
    return [f"imports {name}" for name in names if name.split(".")[0] == ENGINE]


def imported_names(node: ast.AST) -> list[str]:
    """The modules that one piece of code imports, by statement or by call."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""] if not node.level else []
    if isinstance(node, ast.Call) and dotted(node.func) in IMPORTERS:
        return [str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)]
    return []


def reasonless_skips(source: str) -> list[str]:
    nodes = list(ast.walk(ast.parse(source)))
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    fine = {id(call.func) for call in calls if gives_reason(dotted(call.func), call)}
    fine |= {
        id(node.value) for node in nodes if isinstance(node, ast.Attribute)
    }  # only a part of a longer name
    return [
        f"line {node.lineno}: {dotted(node)} without a reason"
        for node in nodes
        if isinstance(node, ast.Attribute) and dotted(node) in SKIPS and id(node) not in fine
    ]


def gives_reason(name: str, call: ast.Call) -> bool:
    named = any(keyword.arg == "reason" for keyword in call.keywords)
    return named or (name in ("pytest.skip", "pytest.mark.skip") and bool(call.args))


def unexplained_dependencies(project: str) -> list[str]:
    """Lines inside a list of packages that carry no remark."""
    found, inside = [], False
    for line in project.splitlines():
        if line.startswith("["):
            inside = line == "[dependency-groups]"
        listed = inside or re.match(r"(dependencies|requires)\s*=", line) is not None
        one_line = re.match(r"(dependencies|requires)\s*=\s*\[[^\]]+\](.*)", line)
        inside = listed and not line.startswith("]") if not one_line else False
        entry = DEPENDENCY.match(line) if inside else None
        if (entry and "#" not in entry[1]) or (one_line and "#" not in one_line[2]):
            found.append(line.strip())
    return found


def dumping_grounds(names: list[PurePosixPath]) -> list[str]:
    """Files and folders named after nothing in particular, where things go to be forgotten."""
    return [str(name) for name in names if DUMPING_GROUNDS & {name.stem, *name.parent.parts}]


def found_in_source() -> list[str]:
    code = [*matching("src/", ".py"), PurePosixPath("dev.py")]
    checkers: list[Checker] = [bare_excepts, silenced_errors]
    found = [line for checker in checkers for line in complaints(code, checker)]
    found += complaints(matching("src/", ".py"), asserts)
    return found + complaints(matching("src/", ".py", ".sql"), lossy_reading)


def test_no_error_is_swallowed_and_no_record_is_dropped() -> None:
    assert [line for line in found_in_source() if line not in EXCEPTIONS] == []


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    assert set(EXCEPTIONS) <= set(found_in_source())
    assert all(reason.strip() for reason in EXCEPTIONS.values())


def test_no_file_is_a_dumping_ground() -> None:
    assert dumping_grounds(ours()) == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert complaints(ours(), machine_paths) == []


def test_one_module_imports_the_engine() -> None:
    importing = [name for name in matching("src/", ".py") if engine_imports(text(name) or "")]
    assert [str(name) for name in importing] == [ENGINE_ROOM]


def test_every_skip_has_a_reason() -> None:
    assert complaints(matching("tests/", ".py"), reasonless_skips) == []


def test_every_dependency_says_why_it_is_there() -> None:
    assert unexplained_dependencies(text(PurePosixPath("pyproject.toml")) or "") == []
