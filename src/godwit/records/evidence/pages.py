"""The templates of the evidence pages: everything is escaped, and a missing value is an error, not a blank."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from godwit.records.evidence import wording


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("godwit.records.evidence", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "css_text": lambda text: Markup(wording.css_text(text)),  # noqa: S704  nothing in it is left unescaped
        "count": wording.count,
        "number": wording.number,
        "nhs_number": wording.nhs_number,
        "reason": wording.reason,
        "sentence": wording.sentence,
    }
    return environment


def template(name: str) -> Template:
    """The template called `name`, compiled once."""
    return _environment().get_template(name)
