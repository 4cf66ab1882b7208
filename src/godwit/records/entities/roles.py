"""Links that several entities have."""

from __future__ import annotations

from godwit.records.entity import Role

PERFORMER = Role("performer", "clinician responsible")
RECORDER = Role("recorder", "entered by")
CONSULTATION = Role("consultation", "consultation it belongs to")
ORGANISATION = Role("organisation", "organisation")
LOCATION = Role("location", "place")
PROBLEM = Role("problem", "problem it belongs to")
