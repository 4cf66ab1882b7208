"""In which order files of tests are begun. A file is shared out whole, so a long one must not come last."""

LONG = (
    "property/test_fuzzed_extracts", "integration/test_bulk_interrupts", "integration/test_commands",
    "integration/test_proof_of_a_run", "integration/test_bulk_deliveries", "house/", "integration/test_bulk",
    "property/", "integration/", "browser/", "spec/",
)  # fmt: skip
"""Where the long tests are, longest first; all others come after."""


def rank(nodeid: str) -> int:
    """How early the file of a test is begun; the lower the earlier."""
    below = nodeid.removeprefix("tests/")
    return next((number for number, start in enumerate(LONG) if below.startswith(start)), len(LONG))
