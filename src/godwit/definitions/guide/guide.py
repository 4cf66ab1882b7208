"""The whole guide as one value: every table, read once and checked on its own. `checking.py` checks them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from godwit.definitions.guide.anchors import Anchor, read_anchors
from godwit.definitions.guide.artefacts import Artefact, read_artefacts
from godwit.definitions.guide.capture_streams import CaptureStreams, read_capture_streams
from godwit.definitions.guide.checking_rules import CheckingRules, read_checking_rules
from godwit.definitions.guide.checks import Checks, read_checks
from godwit.definitions.guide.conditions import Conditions, read_conditions
from godwit.definitions.guide.data_kinds import DataKind, read_data_kinds
from godwit.definitions.guide.data_requirements import DataRequirements, read_data_requirements
from godwit.definitions.guide.dmi import DataMigrationStandard, read_dmi
from godwit.definitions.guide.edition_words import EditionWords, read_edition_words
from godwit.definitions.guide.facts import Fact, read_facts
from godwit.definitions.guide.gaps import DesignConsequence, Gaps, read_design_consequences, read_gaps
from godwit.definitions.guide.hazards import Hazard, read_hazards
from godwit.definitions.guide.lead_times import LeadTimes, read_lead_times
from godwit.definitions.guide.phases import (
    Gate,
    Milestone,
    Phase,
    read_gates,
    read_milestones,
    read_phases,
)
from godwit.definitions.guide.raci import Raci, read_raci
from godwit.definitions.guide.readiness import ReadinessTable, read_readiness
from godwit.definitions.guide.reentry_order import ReentryOrder, read_reentry_order
from godwit.definitions.guide.roles import Regional, Roles, read_regional, read_roles
from godwit.definitions.guide.rule import Rule, read_rules
from godwit.definitions.guide.settings import Setting, read_settings
from godwit.definitions.guide.slas import Slas, read_slas
from godwit.definitions.guide.sources import Sources, read_sources
from godwit.definitions.guide.task import Task, read_tasks
from godwit.definitions.guide.tellings import read_tellings
from godwit.definitions.guide.third_parties import LinkLife, ThirdParty, read_link_life, read_third_parties
from godwit.definitions.guide.words import Word, read_words

EDITION = "england-gp-2026-11"
"""Which reading of the guide this is; a plan names it."""


@dataclass(frozen=True)
class Guide:
    """Every table of the guide, in the catalogue's order."""

    sources: Sources
    edition_words: EditionWords
    settings: tuple[Setting, ...]
    conditions: Conditions
    phases: tuple[Phase, ...]
    milestones: tuple[Milestone, ...]
    gates: tuple[Gate, ...]
    anchors: tuple[Anchor, ...]
    tasks: tuple[Task, ...]
    tellings: Mapping[str, tuple[str, ...]]
    slas: Slas
    dmi: DataMigrationStandard
    lead_times: LeadTimes
    rules: tuple[Rule, ...]
    facts: tuple[Fact, ...]
    hazards: tuple[Hazard, ...]
    data_requirements: DataRequirements
    data_kinds: tuple[DataKind, ...]
    checks: Checks
    checking_rules: CheckingRules
    capture_streams: CaptureStreams
    reentry_order: ReentryOrder
    third_parties: tuple[ThirdParty, ...]
    link_life: LinkLife
    roles: Roles
    regional: Regional
    raci: Raci
    readiness: ReadinessTable
    artefacts: tuple[Artefact, ...]
    words: tuple[Word, ...]
    gaps: Gaps
    design_consequences: tuple[DesignConsequence, ...]

    @property
    def edition(self) -> str:
        """Which reading of the guide this is."""
        return EDITION


@lru_cache(maxsize=1)
def read_guide() -> Guide:
    """The guide as shipped. Raises `DefinitionError`."""
    return Guide(
        sources=read_sources(),
        edition_words=read_edition_words(),
        settings=read_settings().settings,
        conditions=read_conditions(),
        phases=read_phases(),
        milestones=read_milestones(),
        gates=read_gates(),
        anchors=read_anchors(),
        tasks=read_tasks(),
        tellings=read_tellings(),
        slas=read_slas(),
        dmi=read_dmi(),
        lead_times=read_lead_times(),
        rules=read_rules(),
        facts=read_facts(),
        hazards=read_hazards(),
        data_requirements=read_data_requirements(),
        data_kinds=read_data_kinds(),
        checks=read_checks(),
        checking_rules=read_checking_rules(),
        capture_streams=read_capture_streams(),
        reentry_order=read_reentry_order(),
        third_parties=read_third_parties(),
        link_life=read_link_life(),
        roles=read_roles(),
        regional=read_regional(),
        raci=read_raci(),
        readiness=read_readiness(),
        artefacts=read_artefacts(),
        words=read_words(),
        gaps=read_gaps(),
        design_consequences=read_design_consequences(),
    )
