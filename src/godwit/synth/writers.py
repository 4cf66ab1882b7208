"""The shapes a made-up practice can be written in, each loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from importlib import import_module

from godwit.synth.model import Practice
from godwit.synth.refusal import SynthRefused
from godwit.synth.writing import Writer

SYSTEMS = ("emis", "tpp", "vision", "gp2gp", "gpconnect")
"""Every shape. Each is the package of that name beside this file, with a `make_writer`."""


def writer_of(system: str, practice: Practice) -> Writer:
    """A writer for this shape. Raises `SynthRefused` for a shape that is not known."""
    made: Callable[[Practice], Writer] = import_module(f"godwit.synth.{known(system)}").make_writer
    return made(practice)


def known(system: str) -> str:
    """The shape that is meant, in small letters. Raises `SynthRefused` with the nearest one."""
    name = system.strip().lower()
    if name not in SYSTEMS:
        close = get_close_matches(name, SYSTEMS, 1, 0.4)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise SynthRefused(
            "synth.system", f"there is no system of that name{hint} (known: {', '.join(SYSTEMS)})"
        )
    return name
