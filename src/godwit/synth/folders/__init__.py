"""Folders of documents for a made-up practice: small files with an index, a twin of them, and faults to be found."""
