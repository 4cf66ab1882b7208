"""The data half: read extracts, bring them to one model, compare every record, and seal the evidence.

Way through the room: `intake` opens what was delivered, `formats` read it, `canonical` says what it becomes,
`compare` pairs and compares, `reconcile` closes the books, `evidence` writes the sealed run folder.
"""
