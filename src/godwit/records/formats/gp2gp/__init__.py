"""GP2GP EhrExtract: one HL7 v3 XML message per patient."""

from importlib import resources

from godwit.definitions.comparison import read_code_systems
from godwit.records.formats.converters import COMMON, Setting, concept_hl7
from godwit.records.formats.gp2gp.message import looks_like_xml
from godwit.records.formats.gp2gp.reader import ExtractReader, link_hl7
from godwit.records.formats.mapping import Mapper, load
from godwit.records.formats.reading import Format
from godwit.values import PartialDate

_CONVERTERS = {"concept": concept_hl7}
_MAPPING = load(resources.files(__package__).joinpath("mapping.yaml"), {**COMMON, **_CONVERTERS})
_MAPPER = Mapper(_MAPPING, _CONVERTERS, Setting(PartialDate.parse_hl7, read_code_systems()), link_hl7)

FORMAT = Format(_MAPPING, looks_like_xml, ExtractReader(_MAPPER).read)
"""The format as the registry knows it."""
