"""How much an input may be before it is refused as hostile or broken. Generous for records, small for bombs."""

MAX_FILES = 200_000
"""Files in one delivery: a practice of 100,000 patients in one file each fits twice."""

MAX_FILE_BYTES = 1 << 30
"""Bytes in one patient's file, after unpacking. The largest real record seen so far is under 10 MB."""

MAX_TABLE_BYTES = 64 << 30
"""Bytes in one table of a bulk extract, after unpacking; observations of the largest practices reach 40 GB."""

MAX_DEPTH = 3
"""Archives within archives: a split zip, encrypted, in a zip is already rare."""

MAX_TOTAL_BYTES = 200 << 30
"""Bytes in one delivery, after unpacking."""

MAX_RATIO = 200
"""Unpacked bytes for each packed byte of a file in a zip; XML and JSON of real records reach about 40."""

RATIO_COUNTS_FROM = 10 << 20
"""A small file may pack as well as it likes; from this size on the ratio is held against it."""
