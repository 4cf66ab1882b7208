"""What comparison stands on: names of code systems, clinical risk of a difference, and equivalence rules.

Data in YAML beside this file; this module reads, checks and hands on frozen objects.
"""

from godwit.definitions.comparison.code_systems import CodeSystems, read_code_systems
from godwit.definitions.comparison.equivalences import Equivalence, Example, read_equivalences
from godwit.definitions.comparison.severities import Severities, read_severities

__all__ = [
    "CodeSystems",
    "Equivalence",
    "Example",
    "Severities",
    "read_code_systems",
    "read_equivalences",
    "read_severities",
]
