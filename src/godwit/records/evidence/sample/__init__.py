"""The sample as people read it: a private page side by side, a list to carry, an open part without values."""
