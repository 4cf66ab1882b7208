"""Roles and third parties by whichever name people know them: a slug, a full name, or what they were called before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Protocol, TypeVar

from godwit.definitions.guide.guide import Guide
from godwit.plan.case import OwnTask, Practice
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
            known.setdefault(plain(name), row.slug)
    return known


def settled(practice: Practice, guide: Guide) -> Practice:
    """The practice with its people and third parties under the guide's slugs. Raises `OverlayRefused`."""
    roles, parties = names_of(guide.roles.roles), names_of(guide.third_parties)
    return practice.model_copy(
        update={
            "people": _by_slug(practice.people, roles, "people", "role"),
            "third_parties": _by_slug(practice.third_parties, parties, "third_parties", "third party"),
            "tasks": settled_tasks(practice.tasks, guide),
        }
    )


def settled_tasks(tasks: Mapping[str, OwnTask], guide: Guide) -> dict[str, OwnTask]:
    """Changed tasks with their roles under the guide's slugs: a board may be an ICB or a CCG. Strangers stay."""
    roles = names_of(guide.roles.roles)

    def slugs(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
        return None if names is None else tuple(roles.get(plain(one), one) for one in names)

    return {
        task: own.model_copy(
            update={"responsible": slugs(own.responsible), "consulted": slugs(own.consulted)}
        )
        for task, own in tasks.items()
    }


def _by_slug(given: Mapping[str, Value], known: Mapping[str, str], key: str, what: str) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name, value in given.items():
        slug = known.get(plain(name))
        if slug is None:
            close = get_close_matches(plain(name), known, 1)
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


def plain(name: str) -> str:
    """A name in small letters, without punctuation."""
    return " ".join("".join(one if one.isalnum() else " " for one in name.casefold()).split())
