"""Every rule a record, file or patient can break, in words a practice manager reads. A test holds the list complete."""

RULE_WORDS = {
    "choice.unknown": "a status or kind that the format does not list; kept as delivered",
    "delivery.absent": "no such file or folder",
    "delivery.empty": "nothing in the folder or zip",
    "delivery.link": "a link or device where a file belongs",
    "delivery.mixed": "files of more than one system on one side",
    "delivery.too_large": "more files or bytes than a delivery may have",
    "file.empty": "an empty file",
    "file.too_large": "a file larger than any record",
    "file.unrecognised": "a file of no format that Godwit reads",
    "json.depth": "JSON nested too deeply",
    "json.encoding": "JSON that is not UTF-8 text",
    "json.key_twice": "JSON in which a key stands twice",
    "json.not_a_number": "JSON with NaN or Infinity",
    "json.syntax": "JSON that breaks off or is malformed",
    "bundle.no_entries": "a bundle without a list of entries",
    "key.duplicate": "two records under one identifier; both kept, links lead to the first",
    "link.dangling": "a link to a record that is not in the file",
    "moment.unreadable": "a date or time that cannot be; kept as delivered",
    "nhs_number.absent": "a patient without an NHS number",
    "nhs_number.check_digit": "an NHS number with a wrong check digit; kept as delivered",
    "nhs_number.digits": "an NHS number that is not digits; kept as delivered",
    "nhs_number.layout": "an NHS number written in an odd way; kept as delivered",
    "nhs_number.length": "an NHS number that is not ten digits; kept as delivered",
    "nhs_number.placeholder": "a placeholder instead of an NHS number; kept as delivered",
    "number.unreadable": "a value that is not a number; kept as delivered",
    "patient.none_in_common": "no patient is on both sides",
    "patient.other_nhs_number_same_facts": "a patient whose NHS number differs although all other facts agree",
    "patient.same_nhs_number_other_facts": "the same NHS number on patients whose other facts differ; not paired",
    "patient.same_nhs_number_twice": "an NHS number used by two patients of one side",
    "record.shape": "a record that is not built like one",
    "root.not_a_bundle": "JSON that is not a FHIR Bundle",
    "root.not_an_extract": "XML that is not a GP2GP message",
    "system.unknown": "a system Godwit does not know",
    "value.shape": "a value built in a way the format does not allow",
    "xml.doctype": "XML with a document type or entities",
    "xml.encoding": "XML whose bytes are not in the encoding it names",
    "xml.syntax": "XML that breaks off or is malformed",
    "zip.bomb": "a zip that would unpack to far more than a record is",
    "zip.damaged": "a damaged zip",
    "zip.encrypted": "an encrypted zip",
    "zip.link": "a link inside a zip",
    "zip.name_twice": "a zip with two files of one name",
    "zip.path": "a zip with a file outside its folder",
}
"""Rule -> what it means. Rules are stable; their words may improve."""


def in_words(rule: str) -> str:
    """The words for a rule; a rule without words is shown as it is rather than hidden."""
    return RULE_WORDS.get(rule, rule)
