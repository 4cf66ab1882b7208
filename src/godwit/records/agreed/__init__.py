"""Differences that named people have accepted: what they agreed, within which limits, and where it holds."""
