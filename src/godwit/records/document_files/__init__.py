"""The files of documents, letters and scans on both sides: whose they are, byte by byte, and whether they open."""
