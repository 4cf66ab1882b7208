"""Pair the records of two deliveries and compare them field by field, all of them.

`stage` puts rows into tables; `people` and `pairing` say which records are copies of each other; `differing` finds
fields and links that differ; `rules` explain harmless ones; `causes` groups what is left for people to read.
"""
