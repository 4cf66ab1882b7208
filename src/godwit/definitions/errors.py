"""The error a definition file raises when it breaks a rule of its own checker."""


class DefinitionError(ValueError):
    """A definition file cannot be used.

    `file` is its path inside the definitions; `rule` is short and stable, fit to count; `because` is for
    people. `row` is the place in the file's list, counted from 1; `line` is the line of the file, counted
    from 1; each is None where it is not known. Definitions hold no patient data, so the message may say what
    it found.
    """

    def __init__(
        self, file: str, rule: str, because: str, row: int | None = None, line: int | None = None
    ) -> None:
        super().__init__(file, rule, because, row, line)
        self.file = file
        self.rule = rule
        self.because = because
        self.row = row
        self.line = line

    def __str__(self) -> str:
        places = [f"{name} {number}" for name, number in (("line", self.line), ("row", self.row)) if number]
        return f"{', '.join([self.file, *places])}: {self.because} [{self.rule}]"
