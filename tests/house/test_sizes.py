"""Small files, small functions, and no long SQL hidden in Python."""

import ast
import re

from tests.house.tree import complaints, functions, matching

MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 50
MOST_LINES_OF_SQL_IN_PYTHON = 15

# What may be longer, and why. "path" for a file, "path::function" for a function.
# An exception that is no longer needed fails the test too, so that this list stays short.
EXCEPTIONS: dict[str, str] = {}

SQL = re.compile(
    r"\s*(--[^\n]*\n\s*)*(select|with|create|insert|copy|merge|update|delete|from|attach|pivot|unpivot)\b"
    r".*\b(select|from|as|table|view|macro|into|set|to)\b",
    re.IGNORECASE | re.DOTALL,
)


def too_long_file(source: str) -> list[str]:
    lines = len(source.splitlines())
    return [f"{lines} lines, at most {MOST_LINES_IN_A_FILE}"] if lines > MOST_LINES_IN_A_FILE else []


def length(node: ast.expr | ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def long_functions(source: str) -> list[str]:
    return [
        f"{node.name}: {length(node)} lines, at most {MOST_LINES_IN_A_FUNCTION}"
        for node in functions(ast.parse(source))
        if length(node) > MOST_LINES_IN_A_FUNCTION
    ]


def long_sql(source: str) -> list[str]:
    tree = ast.parse(source)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    return [
        f"line {node.lineno}: SQL of {length(node)} lines belongs in a .sql file"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in prose
        if length(node) > MOST_LINES_OF_SQL_IN_PYTHON and SQL.match(literal_text(node))
    ]


def literal_text(node: ast.Constant | ast.JoinedStr) -> str:
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)


def excused(found: list[str], exceptions: dict[str, str]) -> tuple[list[str], set[str]]:
    """What no exception covers, and the exceptions that cover nothing."""
    keys = {complaint: "::".join(complaint.split(": ")[:-1]) for complaint in found}
    left = [complaint for complaint in found if keys[complaint] not in exceptions]
    return left, set(exceptions) - set(keys.values())


def all_too_long() -> list[str]:
    code = matching("src/", ".py")
    everything = matching("src/", ".py", ".sql", ".jinja", ".html", ".css", ".js")
    return complaints(everything, too_long_file) + complaints(code, long_functions)


def test_files_and_functions_are_small() -> None:
    assert excused(all_too_long(), EXCEPTIONS)[0] == []


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    assert excused(all_too_long(), EXCEPTIONS)[1] == set()
    assert all(reason.strip() for reason in EXCEPTIONS.values())


def test_long_sql_lives_in_sql_files() -> None:
    assert complaints(matching("src/", ".py"), long_sql) == []


def test_the_checkers_can_fail() -> None:
    body = "    x = 1\n" * 60
    assert long_functions(f"class A:\n  def f(self):\n{body}") == ["f: 61 lines, at most 50"]
    assert too_long_file("\n" * 401) != []
    sql = "select a\n" + ",b\n" * 15 + "from t"
    assert long_sql(f'Q = """{sql}"""') != []
    assert long_sql(f'Q = f"""{sql} {{where}}"""') != []
    assert long_sql(f'def f():\n    """{sql}"""') == []
    assert long_sql('Q = "select a from b"') == []


def test_exceptions_can_fail() -> None:
    found = ["src/a.py: f: 60 lines, at most 50", "src/b.py: 500 lines, at most 400"]
    assert excused(found, {"src/a.py::f": "one table", "src/b.py": "one list"}) == ([], set())
    assert excused(found, {"src/a.py::g": "gone"}) == (found, {"src/a.py::g"})
