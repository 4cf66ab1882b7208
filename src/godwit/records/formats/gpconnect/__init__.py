"""GP Connect Access Record Structured: one FHIR STU3 bundle per patient."""

from importlib import resources

from godwit.definitions.comparison import read_code_systems
from godwit.records.formats.converters import COMMON, Setting, concept_fhir
from godwit.records.formats.gpconnect.reader import BundleReader, link_fhir, looks_like_a_bundle
from godwit.records.formats.mapping import Mapper, load
from godwit.records.formats.reading import Format
from godwit.values import PartialDate

_CONVERTERS = {"concept": concept_fhir}
_MAPPING = load(resources.files(__package__).joinpath("mapping.yaml"), {**COMMON, **_CONVERTERS})
_MAPPER = Mapper(_MAPPING, _CONVERTERS, Setting(PartialDate.parse_iso, read_code_systems()), link_fhir)

FORMAT = Format(_MAPPING, looks_like_a_bundle, BundleReader(_MAPPER).read)
"""The format as the registry knows it."""
