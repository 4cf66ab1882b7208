"""Where the open report leads on the private page beside it: one place for each cause and each finding."""

from __future__ import annotations

import re

PRIVATE_PAGE = "records.html"


def cause_anchor(cause: str) -> str:
    """Name of the place of a cause."""
    return f"cause-{_plain(cause)}"


def finding_anchor(finding: str | int) -> str:
    """Name of the place of a finding."""
    return f"f{_plain(str(finding))}"


def cause_href(cause: str) -> str:
    """Address of a cause, from the page beside."""
    return f"{PRIVATE_PAGE}#{cause_anchor(cause)}"


def finding_href(finding: str | int) -> str:
    """Address of a finding, from the page beside."""
    return f"{PRIVATE_PAGE}#{finding_anchor(finding)}"


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)
