"""A small safe language for the rules of a plan, such as ``MEETING <= FDP - 28d``.

The text is Python's own syntax for comparisons, ``and``, ``or``, ``not``, ``a if b else c``, ``+``, ``-`` and ``*``,
known names and known functions, plus lengths of time (``28d``, ``15wd``, ``4w``, ``1m``). Nothing else is allowed: no
attributes, no indexing, no loops. It is compiled once; what is wrong with it is found then, and not when it runs.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Protocol

from godwit.definitions.guide.duration import Duration
from godwit.plan.rules.counting import moved
from godwit.plan.rules.truth import (
    Base,
    Kind,
    Look,
    Run,
    Term,
    Unknown,
    Value,
    all_of,
    always,
    any_of,
    unknown,
)
from godwit.values.working_calendar import CalendarExhausted

LONGEST: Final = 1000
DEEPEST: Final = 25
_LENGTH: Final = re.compile(r"""'[^']*'|"[^"]*"|\b(\d+(?:wd|d|w|m))\b""", re.ASCII)
_MARK: Final = "__length__"
_ORDERED: Final = ("date", "count")
_COMPARE: Final[Mapping[type[ast.cmpop], tuple[str, Callable[[Any, Any], bool]]]] = {
    ast.Lt: ("<", operator.lt),
    ast.LtE: ("<=", operator.le),
    ast.Gt: (">", operator.gt),
    ast.GtE: (">=", operator.ge),
    ast.Eq: ("==", operator.eq),
    ast.NotEq: ("!=", operator.ne),
}
_COUNT: Final[Mapping[type[ast.operator], Callable[[int, int], int]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}


class ExpressionRefused(ValueError):
    """An expression of a definition cannot be used. The message shows it and says what is wrong."""

    def __init__(self, text: str, because: str) -> None:
        super().__init__(text, because)
        self.text = text
        self.because = because

    def __str__(self) -> str:
        return f"'{self.text}': {self.because}"


class _Wrong(Exception):
    """What is wrong, found deep inside; turned into `ExpressionRefused` where the whole text is known."""


@dataclass(frozen=True)
class Function:
    """A function of the language. `about` says what it gives, for people who write rules.

    `takes` says what each argument is: a kind of value; ``any``; a word out of a list of its own (``task``,
    ``condition``, ``window``), which must be written out; ``test``, an expression over the columns of the list before
    it. `does` gets the look and the values. A function that is `lazy` gets the compiled
    pieces themselves and decides what to run; any other is not run while one of its values is not known.
    """

    takes: tuple[str, ...]
    gives: Base
    does: Callable[..., Value]
    about: str
    lazy: bool = False
    optional: int = 0


class Language(Protocol):
    """The words an expression may use."""

    functions: Mapping[str, Function]
    words: Mapping[str, frozenset[str]]

    def name(self, name: str) -> Term | None:
        """What a bare name stands for, or None."""

    def column(self, name: str, kind: Kind) -> Term:
        """A column of the list that a test runs over."""


def compile_expression(text: str, language: Language, wanted: Base | None = None) -> Term:
    """`text` as something that runs. Raises `ExpressionRefused`, also if it does not come to a `wanted` value."""
    try:
        term = _Compiler(language, {}).whole(text)
        if wanted and term.kind.base != wanted:
            raise _Wrong(f"comes to a {_said(term.kind)} and not to a {_said(Kind(wanted))}")
    except _Wrong as wrong:
        raise ExpressionRefused(text, str(wrong)) from None
    return term


def check_expression(text: str, language: Language, wanted: Base = "yes_no") -> None:
    """Raises `ExpressionRefused` if `text` would not run."""
    compile_expression(text, language, wanted)


class _Compiler:
    """Compiles one expression, from the outside in, counting how deep it is."""

    def __init__(self, language: Language, columns: Mapping[str, Kind]) -> None:
        self.language = language
        self.columns = columns
        self.depth = 0

    def whole(self, text: str) -> Term:
        if len(text) > LONGEST:
            raise _Wrong(f"is longer than {LONGEST} characters")
        if _MARK in text or "\0" in text:
            raise _Wrong("holds something that no expression may hold")
        try:
            tree = ast.parse(_LENGTH.sub(_marked, " ".join(text.split())), mode="eval")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise _Wrong("cannot be read; look for a missing bracket, quote or word") from None
        return self.term(tree.body)

    def term(self, node: ast.expr) -> Term:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _Wrong("is nested too deeply")
        build = _BUILD.get(type(node))
        if build is None:
            raise _Wrong(f"holds a {type(node).__name__}, which is not part of this language")
        made = build(self, node)
        self.depth -= 1
        return made

    def of_kind(self, node: ast.expr, base: Base, where: str) -> Term:
        term = self.term(node)
        if term.kind.base != base:
            raise _Wrong(f"{where} needs a {_said(Kind(base))}, not a {_said(term.kind)}")
        return term

    def constant(self, node: ast.Constant) -> Term:
        value = node.value
        if isinstance(value, bool):
            return Term(Kind("yes_no"), always(value))
        if isinstance(value, int):
            return Term(Kind("count"), always(value))
        if isinstance(value, str):
            return Term(Kind("text", (value,)), always(value))
        raise _Wrong("holds a constant that is no whole number, text, True or False")

    def named(self, node: ast.Name) -> Term:
        if node.id in self.columns:
            return self.language.column(node.id, self.columns[node.id])
        found = self.language.name(node.id)
        if found is None:
            raise _Wrong(f"there is no {node.id}")
        return found

    def both(self, node: ast.BoolOp) -> Term:
        word, join = ("and", all_of) if isinstance(node.op, ast.And) else ("or", any_of)
        runs = [self.of_kind(one, "yes_no", f"'{word}'").run for one in node.values]
        return Term(Kind("yes_no"), lambda look: join(run(look) for run in runs))

    def negated(self, node: ast.UnaryOp) -> Term:
        if not isinstance(node.op, ast.Not):
            raise _Wrong("a sign before a value is not part of this language")
        run = self.of_kind(node.operand, "yes_no", "'not'").run
        return Term(Kind("yes_no"), lambda look: _strict([run(look)], operator.not_))

    def chosen(self, node: ast.IfExp) -> Term:
        test = self.of_kind(node.test, "yes_no", "'if'").run
        yes, no = self.term(node.body), self.term(node.orelse)
        if yes.kind.base != no.kind.base:
            raise _Wrong("both sides of 'if' and 'else' must be of one kind")

        def run(look: Look) -> Value:
            held = test(look)
            return held if isinstance(held, Unknown) else (yes if held else no).run(look)

        return Term(yes.kind, run)

    def compared(self, node: ast.Compare) -> Term:
        terms = [self.term(one) for one in (node.left, *node.comparators)]
        tests = [self._test(op, *pair) for op, pair in zip(node.ops, pairwise(terms), strict=True)]
        return Term(Kind("yes_no"), lambda look: all_of(test(look) for test in tests))

    def _test(self, op: ast.cmpop, left: Term, right: Term) -> Run:
        if type(op) not in _COMPARE:
            raise _Wrong(f"compares by {type(op).__name__}, which is not part of this language")
        sign, compare = _COMPARE[type(op)]
        if left.kind.base != right.kind.base:
            raise _Wrong(f"compares a {_said(left.kind)} with a {_said(right.kind)}")
        if left.kind.base in ("list", "duration") or (
            sign not in ("==", "!=") and left.kind.base not in _ORDERED
        ):
            raise _Wrong(f"a {_said(left.kind)} cannot be compared by {sign}")
        choices = left.kind.choices, right.kind.choices
        if all(choices) and not set(choices[0]) & set(choices[1]):
            raise _Wrong(f"{' or '.join(choices[0])} is never {' or '.join(choices[1])}")
        return lambda look: _strict([left.run(look), right.run(look)], compare)

    def added(self, node: ast.BinOp) -> Term:
        left, right = self.term(node.left), self.term(node.right)
        if (left.kind.base, right.kind.base) == ("date", "duration") and isinstance(
            node.op, ast.Add | ast.Sub
        ):
            return Term(Kind("date"), _shift(left.run, right.run, -1 if isinstance(node.op, ast.Sub) else 1))
        if left.kind.base == right.kind.base == "count" and type(node.op) in _COUNT:
            count = _COUNT[type(node.op)]
            return Term(Kind("count"), lambda look: _strict([left.run(look), right.run(look)], count))
        raise _Wrong(
            f"{type(node.op).__name__} does not go with a {_said(left.kind)} and a {_said(right.kind)}"
        )

    def called(self, node: ast.Call) -> Term:
        if not isinstance(node.func, ast.Name) or node.keywords:
            raise _Wrong("a function is called by its name, with plain arguments")
        if node.func.id == _MARK:
            return _length(node.args)
        function = self.language.functions.get(node.func.id)
        if function is None:
            raise _Wrong(f"there is no function {node.func.id}")
        most = len(function.takes)
        if not most - function.optional <= len(node.args) <= most:
            raise _Wrong(f"{node.func.id} takes {most} arguments, not {len(node.args)}")
        return Term(
            Kind(function.gives), _call(function, self.arguments(node.func.id, function.takes, node.args))
        )

    def arguments(self, name: str, takes: Sequence[str], nodes: Sequence[ast.expr]) -> list[Term]:
        made: list[Term] = []
        for what, node in zip(takes, nodes, strict=False):
            if what in self.language.words:
                made.append(self.word(name, what, node, self.language.words[what]))
            elif what == "test":
                made.append(self.test(name, node, made[0]))
            else:
                made.append(self.argument(name, what, node))
        return made

    def argument(self, name: str, what: str, node: ast.expr) -> Term:
        term = self.term(node)
        if what not in ("any", term.kind.base):
            raise _Wrong(f"{name} needs a {what}, not a {_said(term.kind)}")
        return term

    def word(self, name: str, what: str, node: ast.expr, allowed: frozenset[str]) -> Term:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            raise _Wrong(f"{name} needs the name of a {what} in quotes")
        if node.value not in allowed:
            raise _Wrong(f"there is no {what} '{node.value}'")
        return self.constant(node)

    def test(self, name: str, node: ast.expr, over: Term) -> Term:
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            raise _Wrong(f"{name} needs a test in quotes")
        inner = _Compiler(self.language, over.kind.columns).whole(node.value)
        if inner.kind.base != "yes_no":
            raise _Wrong(f"the test of {name} must come to yes or no")
        return inner


_BUILD: Final[Mapping[type[ast.expr], Callable[[_Compiler, Any], Term]]] = {
    ast.Constant: _Compiler.constant,
    ast.Name: _Compiler.named,
    ast.BoolOp: _Compiler.both,
    ast.UnaryOp: _Compiler.negated,
    ast.IfExp: _Compiler.chosen,
    ast.Compare: _Compiler.compared,
    ast.BinOp: _Compiler.added,
    ast.Call: _Compiler.called,
}


def _marked(found: re.Match[str]) -> str:
    """A length of time as a call that Python can read; a quoted text as it is."""
    return f"{_MARK}('{found[1]}')" if found[1] else found[0]


def _strict(values: list[Value], does: Callable[..., Value]) -> Value:
    missing = unknown(values)
    if missing:
        return missing
    try:
        return does(*values)
    except CalendarExhausted as error:
        return Unknown((str(error),))
    except OverflowError:
        return Unknown(("a date is too far away to be counted",))


def _shift(start: Run, length: Run, sign: int) -> Run:
    def run(look: Look) -> Value:
        values = [start(look), length(look)]
        return _strict(values, lambda day, amount: moved(look.scene.calendar, day, amount, sign))

    return run


def _call(function: Function, terms: list[Term]) -> Run:
    if function.lazy:
        return lambda look: function.does(look, *terms)
    return lambda look: _strict(
        [one.run(look) for one in terms], lambda *values: function.does(look, *values)
    )


def _length(nodes: Sequence[ast.expr]) -> Term:
    node = nodes[0]
    if not isinstance(node, ast.Constant):  # only `whole` writes this call, and always with a constant
        raise _Wrong("a length of time is a number and d, wd, w or m")
    return Term(Kind("duration"), always(Duration.parse(str(node.value))))


def _said(kind: Kind) -> str:
    return {"yes_no": "yes or no", "duration": "length of time"}.get(kind.base, kind.base)
