"""Sentences with values in them: what a rule says of a plan, such as ``go-live is on {GL}``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Final

from godwit.definitions.guide.duration import Duration
from godwit.plan.rules.expression import Language, compile_expression
from godwit.plan.rules.truth import Look, Value
from godwit.plan.wording import day_words

Sentence = Callable[[Look], str]

_BRACED: Final = re.compile(r"\{([^{}]+)\}")


def compile_sentence(text: str, language: Language) -> Sentence:
    """`text` with each ``{expression}`` ready to be filled in. Raises `ExpressionRefused`."""
    pieces = _BRACED.split(text)  # plain text and expressions, in turn
    terms = [compile_expression(one, language) for one in pieces[1::2]]

    def say(look: Look) -> str:
        said = [in_words(term.run(look)) for term in terms]
        return "".join(plain + value for plain, value in zip(pieces[::2], [*said, ""], strict=True))

    return say


def in_words(value: Value) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Duration):
        return value.words
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value.replace("_", " ")
    return f"{len(value)} rows" if isinstance(value, tuple) else "not known"
