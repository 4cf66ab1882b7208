"""The templates of printed pages: everything is escaped, and a missing value is an error, not a blank."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from godwit.papers.paper import long_date
from godwit.papers.plan_words import sentence
from godwit.plan.wording import count_words, day_words


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("godwit.papers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "capitalised": lambda text: text[:1].upper() + text[1:],
        "count": count_words,
        "css_text": lambda text: Markup(css_text(text)),  # noqa: S704  nothing in it is left unescaped
        "day": day_words,
        "long_date": long_date,
        "sentence": sentence,
    }
    return environment


def template(name: str) -> Template:
    """The template called `name`, compiled once."""
    return _environment().get_template(name)


def css_text(text: str) -> str:
    """Text for a quoted CSS string inside a page: every character but plain letters and digits is escaped."""
    plain = (one if one.isascii() and one.isalnum() else f"\\{ord(one):x} " for one in text)
    return "".join(plain)


@lru_cache(maxsize=4)
def script(name: str) -> Markup:
    """A shipped script, to be put between script tags as it stands."""
    text = resources.files(__package__).joinpath("templates", name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  our own file, no input


def script_hash(text: str) -> str:
    """What a page's policy must name so that the browser runs this script and no other."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
