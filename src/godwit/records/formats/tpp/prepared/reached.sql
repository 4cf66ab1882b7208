-- Telephone numbers and e-mail addresses of a patient; `turn` 1 of a kind is the latest.
SELECT c.IDPatient AS patient, coalesce(v.ours, 'other') AS kind, coalesce(w.words, c.ContactType) AS delivered,
    c.ContactNumber AS number,
    row_number() OVER (PARTITION BY c.IDPatient, coalesce(v.ours, 'other')
                       ORDER BY c.DateEvent DESC NULLS LAST, c.RowIdentifier DESC) AS turn
FROM raw.SRPatientContactDetails AS c
LEFT JOIN raw.word AS w ON w.id = c.ContactType
LEFT JOIN raw.value_contact_type AS v ON v.delivered = gp_words(coalesce(w.words, c.ContactType))
WHERE c.RemovedData IS NOT TRUE AND c.IDPatient > 0 AND c.ContactNumber IS NOT NULL
