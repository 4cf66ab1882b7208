"""The entities of the canonical model, each with its fields, links and keys."""
