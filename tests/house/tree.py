"""The files of the project, as the house tests look at them."""

import ast
import os
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
GIT = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "node_modules", "godwit-demo"}

# A checker takes the text of one file and returns its complaints, each a line that says where and what.
Checker = Callable[[str], list[str]]


def ours() -> list[PurePosixPath]:
    """Every file that is or would be committed, relative to the root, in order."""
    try:
        listed = subprocess.run(GIT, cwd=ROOT, check=True, capture_output=True).stdout.decode()
        names = {PurePosixPath(name) for name in listed.split("\0") if name}
    except (OSError, subprocess.CalledProcessError):
        names = set(walk(ROOT))  # an unpacked archive has no git
    return sorted(name for name in names if (ROOT / name).is_file())


def walk(root: Path) -> Iterable[PurePosixPath]:
    """Every file under `root`, leaving out what tools make."""
    for folder, inner, files in os.walk(root):
        inner[:] = [
            name for name in inner if name not in NOT_OURS and not name.endswith((".egg-info", "_cache"))
        ]
        for name in files:
            yield PurePosixPath((Path(folder) / name).relative_to(root).as_posix())


def matching(start: str, *ends: str) -> list[PurePosixPath]:
    """Our files under the folder `start` ("" for all) whose names end in one of `ends`."""
    return [name for name in ours() if f"{name}".startswith(start) and f"{name}".endswith(ends)]


def text(name: PurePosixPath) -> str | None:
    """The text of a file, or None when it is not text."""
    data = (ROOT / name).read_bytes()
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def complaints(names: Iterable[PurePosixPath], checker: Checker) -> list[str]:
    """Run one checker over files; each complaint begins with the file's name."""
    return [f"{name}: {found}" for name in names for found in checker(text(name) or "")]


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function in a piece of code, methods and inner functions too."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def dotted(node: ast.expr) -> str:
    """`a.b.c` for a chain of names; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""
