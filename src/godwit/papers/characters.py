"""Characters that a printed thing cannot hold: shown as something readable and counted, never dropped.

Word and spreadsheet files hold any character but the control characters. The standard PDF fonts hold the letters
of western Europe (Windows code page 1252) and no more.
"""

from __future__ import annotations

import unicodedata

PDF_LETTERS = "cp1252"

STAND_INS = {
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "↔": "<->",
    "≤": "<=",
    "≥": ">=",
    "≠": "not =",
    "≈": "about",
    "−": "-",
    "\u2010": "-",
    "\u2011": "-",
    "―": "—",
    "\u2032": "'",
    "″": '"',
    "☐": "[ ]",
    "☑": "[x]",
    "☒": "[x]",
    "✓": "[x]",
    "✔": "[x]",
    "✗": "[no]",
    "✘": "[no]",
    "●": "•",
    "▪": "•",
    "▶": ">",
    "\u2009": " ",
    "\u202f": " ",
    "\u2007": " ",
    "\u2003": " ",
    "\u200b": "",
    "\ufeff": "",
}
"""Signs that the standard PDF fonts lack, and what says the same."""


def shown(character: str) -> str:
    """A character that cannot be printed, by its number: [U+0007]."""
    return f"[U+{ord(character):04X}]"


def is_control(character: str) -> bool:
    """Whether no document may hold this: control characters but tab and line break, and halves of pairs."""
    return (unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t") or (
        ord(character) & 0xFFFE == 0xFFFE
    )


def visible(text: str) -> str:
    """The text with control characters shown by their numbers; Windows line ends become plain ones."""
    plain = text.replace("\r\n", "\n")
    if plain.isprintable():  # nearly every text, and far quicker than sign by sign
        return plain
    return "".join(shown(one) if is_control(one) else one for one in plain)


def fits(text: str) -> bool:
    """Whether the standard PDF fonts have every character of a text."""
    try:
        text.encode(PDF_LETTERS)
    except UnicodeEncodeError:
        return False
    return True


class Letters:
    """Turns texts into what the standard PDF fonts can show, and remembers what they could not.

    `unprintable` counts characters shown only by their number; `simplified` counts letters that lost an accent,
    such as the ŵ of a Welsh name.
    """

    def __init__(self) -> None:
        self.unprintable = 0
        self.simplified = 0

    def printable(self, text: str) -> str:
        """The text in letters that the fonts have."""
        plain = unicodedata.normalize("NFC", visible(text))
        return plain if fits(plain) else "".join(map(self._one, plain))

    def _one(self, character: str) -> str:
        if fits(character):
            return character
        if character in STAND_INS:
            return STAND_INS[character]
        bare = "".join(
            part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part)
        )
        if bare and fits(bare):
            self.simplified += 1
            return bare
        self.unprintable += 1
        return shown(character)

    def remark(self) -> str:
        """What to tell the reader at the end of the paper; empty when every character could be printed."""
        parts = []
        if self.simplified:
            parts.append(f"{self.simplified} printed without their accent")
        if self.unprintable:
            parts.append(f"{self.unprintable} shown by number, as [U+…]")
        return f"Characters that this PDF cannot show: {'; '.join(parts)}." if parts else ""
