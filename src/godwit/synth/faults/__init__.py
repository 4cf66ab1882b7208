"""Faults planted on purpose in a made-up practice, each with what a comparison should find: the answer key.

`read_plan` reads what is wanted, `plant` decides who gets it, `Faults.change` makes the twin's version of a patient.
"""

from __future__ import annotations

from godwit.synth.faults.classes import FAULT_CLASSES, FaultClass
from godwit.synth.faults.plan import FaultPlan, read_plan
from godwit.synth.faults.planting import Answer, Faults, plant

__all__ = ["FAULT_CLASSES", "Answer", "FaultClass", "FaultPlan", "Faults", "plant", "read_plan"]
