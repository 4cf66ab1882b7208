"""Formats Godwit can read. Each is a folder with its mapping and, where the format needs it, a reader."""

from godwit.records.formats.gp2gp import FORMAT as GP2GP
from godwit.records.formats.gpconnect import FORMAT as GPCONNECT
from godwit.records.formats.reading import Format

FORMATS: dict[str, Format] = {one.system: one for one in (GP2GP, GPCONNECT)}
"""Every format by its short name."""
