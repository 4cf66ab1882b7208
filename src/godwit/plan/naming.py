"""Roles and third parties by whichever name people know them: a slug, a full name, or what they were called before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Protocol, TypeVar

from godwit.definitions.guide.guide import Guide
from godwit.plan.case import Practice
from godwit.plan.overlays import OverlayRefused

Value = TypeVar("Value")


class Named(Protocol):
    """Something with a slug, a name and other names."""

    @property
    def slug(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def also_called(self) -> tuple[str, ...]: ...  # noqa: D102


def names_of(rows: Iterable[Named]) -> dict[str, str]:
    """The slug for every name that something goes by, names in small letters without punctuation."""
    known: dict[str, str] = {}
    for row in rows:
        for name in (row.slug, row.name, *row.also_called):
            known.setdefault(_plain(name), row.slug)
    return known


def settled(practice: Practice, guide: Guide) -> Practice:
    """The practice with its people and third parties under the guide's slugs. Raises `OverlayRefused`."""
    roles, parties = names_of(guide.roles.roles), names_of(guide.third_parties)
    return practice.model_copy(
        update={
            "people": _by_slug(practice.people, roles, "people", "role"),
            "third_parties": _by_slug(practice.third_parties, parties, "third_parties", "third party"),
        }
    )


def _by_slug(given: Mapping[str, Value], known: Mapping[str, str], key: str, what: str) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name, value in given.items():
        slug = known.get(_plain(name))
        if slug is None:
            close = get_close_matches(_plain(name), known, 1)
            hint = f"; did you mean {known[close[0]]}?" if close else ""
            raise OverlayRefused(
                "practice", (key, name), f"{key}.unknown", f"there is no {what} '{name}'{hint}"
            )
        if slug in made:
            raise OverlayRefused(
                "practice", (key, name), f"{key}.twice", f"'{name}' is {slug}, which stands here twice"
            )
        made[slug] = value
    return made


def _plain(name: str) -> str:
    return " ".join("".join(one if one.isalnum() else " " for one in name.casefold()).split())
