-- UTF-8 read as Windows-1252, the sign for a letter that could not be read, and zero bytes.
WITH told AS (
    SELECT person, kind, file, record, concat_ws(' ', term, text) AS words FROM profile.entry
    UNION ALL
    SELECT person, record_kind, file, record, concat_ws(' ', family, given, address) FROM canonical.patient
    UNION ALL
    SELECT person, record_kind, file, record, concat_ws(' ', dosage, drug_term) FROM canonical.medication_authorisation
)
SELECT person, kind, file, record, NULL AS about
FROM told
WHERE regexp_matches(words, '[ÃÂ][\x{80}-\x{BF}]|â€|\x{FFFD}') OR contains(words, chr(0))
