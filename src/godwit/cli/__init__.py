"""The `godwit` command: what people type, what they see, and which exit code means what."""

from godwit.cli.app import main

__all__ = ["main"]
