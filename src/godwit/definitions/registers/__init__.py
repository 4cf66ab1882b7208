"""Groups of patients that two systems must agree on: registers, target populations, safety flags; and their code lists.

Data in YAML beside this file. The rules are of a dated snapshot; the official code lists are loaded by the user, and
what is shipped as starter lists reaches made-up practices only.
"""

from godwit.definitions.registers.clusters import Clusters, read_starter_clusters
from godwit.definitions.registers.registers import Need, Register, Way, read_registers

__all__ = ["Clusters", "Need", "Register", "Way", "read_registers", "read_starter_clusters"]
