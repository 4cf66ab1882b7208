"""Small made-up GP2GP messages as text, and what the reader makes of them."""

from collections.abc import Iterable

from godwit.records.formats import FORMATS
from godwit.records.formats.reading import Reading

SNOMED = "2.16.840.1.113883.2.1.3.2.4.15"
READ = "2.16.840.1.113883.2.1.6.2"
CTV3 = "2.16.840.1.113883.2.1.3.2.4.14"
CONSULTATION = "109341000000100"
NOT_A_CONSULTATION = "196401000000100"


def read_extract(*compositions: str, agents: Iterable[str] = (), **others: str) -> Reading:
    """The reading of a message with these compositions, in which every record is accounted for."""
    reading = FORMATS["gp2gp"].read(extract(*compositions, agents=agents, **others), 1)
    assert reading.witnessed == reading.read, "the two counts of the file disagree"
    return reading


def extract(
    *compositions: str,
    agents: Iterable[str] = (),
    interaction: str = "RCMR_IN030000UK06",
    patient: str = '<id root="2.16.840.1.113883.2.1.4.1" extension="9990000018"/>',
) -> bytes:
    """A message of one patient."""
    inner = "".join(f"<component>{one}</component>" for one in compositions)
    directory = "".join(f"<part>{one}</part>" for one in agents)
    return f"""<{interaction} xmlns="urn:hl7-org:v3"><ControlActEvent><subject><EhrExtract>
        <availabilityTime value="20200601"/>
        <recordTarget><patient>{patient}</patient></recordTarget>
        <component><ehrFolder>{inner}
          <responsibleParty><agentDirectory>{directory}</agentDirectory></responsibleParty>
        </ehrFolder></component>
        </EhrExtract></subject></ControlActEvent></{interaction}>""".encode()


def coded(code: str, system: str = SNOMED, inner: str = "", element: str = "code") -> str:
    """A coded value."""
    return f'<{element} code="{code}" codeSystem="{system}">{inner}</{element}>'


def statement(element: str, key: str, *inner: str, **attributes: str) -> str:
    """An element with an identifier and what it holds."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<{element}{said}><id root="{key}"/>{"".join(inner)}</{element}>'


def component(*records: str) -> str:
    """Records as components of what stands around them."""
    return "".join(f'<component typeCode="COMP">{record}</component>' for record in records)


def composition(key: str, *records: str, code: str = CONSULTATION, inner: str = "") -> str:
    """A composition of these records."""
    return statement("ehrComposition", key, coded(code), inner, component(*records))


def compound(key: str, kind: str, *records: str, code: str = "", inner: str = "") -> str:
    """A topic, category, cluster or battery of these records."""
    return statement("CompoundStatement", key, code, inner, component(*records), classCode=kind)


def observed(key: str, code: str = "1", system: str = SNOMED, inner: str = "") -> str:
    """A coded entry."""
    return statement("ObservationStatement", key, coded(code, system), inner)


def agent_ref(role: str, key: str, time: str = "") -> str:
    """A link from a statement to someone in the directory."""
    said = f'<time value="{time}"/>' if time else ""
    return f'<{role}>{said}<agentRef><id root="{key}"/></agentRef></{role}>'


def place(name: str) -> str:
    """Where a composition was written."""
    return f"<location><locatedEntity><locatedPlace><name>{name}</name></locatedPlace></locatedEntity></location>"


# Medication ---------------------------------------------------------------------------------------------------


def medication(key: str, *supplies: str, drug: str = "10") -> str:
    """A medication statement around its supplies."""
    product = f"<consumable><manufacturedProduct><manufacturedMaterial>{coded(drug)}</manufacturedMaterial></manufacturedProduct></consumable>"  # noqa: E501 - one line of XML
    dosage = "<pertinentInformation><pertinentMedicationDosage><text>one a day</text></pertinentMedicationDosage></pertinentInformation>"  # noqa: E501 - one line of XML
    return statement("MedicationStatement", key, product, dosage, component(*supplies))


def authorise(key: str, inner: str = "", status: str = "ACTIVE") -> str:
    """A supply authorised."""
    return statement("ehrSupplyAuthorise", key, f'<statusCode code="{status}"/>', inner)


def prescribe(key: str, authorisation: str) -> str:
    """A supply issued."""
    return statement("ehrSupplyPrescribe", key, refers("inFulfillmentOf", authorisation))


def discontinue(key: str, *authorisations: str, why: str = "side effects", at: str = "20200701") -> str:
    """A supply stopped."""
    said = f"<pertinentInformation><pertinentSupplyAnnotation><text>{why}</text></pertinentSupplyAnnotation></pertinentInformation>"  # noqa: E501 - one line of XML
    refs = "".join(refers("reversalOf", one) for one in authorisations)
    return statement("ehrSupplyDiscontinue", key, f'<availabilityTime value="{at}"/>', said, refs)


def refers(how: str, key: str) -> str:
    """A link from one supply to another."""
    return f'<{how}><priorMedicationRef><id root="{key}"/></priorMedicationRef></{how}>'
