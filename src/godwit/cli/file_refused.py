"""The refusal of a file or option that a person wrote."""

from __future__ import annotations

from godwit.definitions.errors import DefinitionError


class FileRefused(DefinitionError):
    """A file or option that a person wrote cannot be used: it names the file, the line and the rule."""

    @property
    def where(self) -> str:
        """The file and, where known, the line."""
        return f"{self.file}, line {self.line}" if self.line else self.file
