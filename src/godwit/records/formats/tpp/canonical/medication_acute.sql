-- An acute issue is its own authorisation: a further record made from the row. Its end date is written when it is
-- issued and lies in the future then; it has ended once that day is before the day of the extract.
SELECT m.file, m.record, 1 AS part, CAST(m.IDPatient AS VARCHAR) AS patient,
    'SRPrimaryCareMedication|' || coalesce(CAST(m.RowIdentifier AS VARCHAR),
        'row ' || m.file || '.' || m.record) AS key,
    'tpp.SRPrimaryCareMedication|' || m.RowIdentifier AS source_id,
    nullif('[' || concat_ws(',', CASE WHEN m.IDMultiLexProduct > 0 THEN '"multilex|' || m.IDMultiLexProduct || '"' END,
        CASE WHEN m.IDMultiLexDMD > 0 THEN '"snomed|' || m.IDMultiLexDMD || '"' END) || ']', '[]') AS drug,
    '[' || to_json(m.NameOfMedication) || ']' AS drug_term,
    'acute' AS type,
    CASE WHEN left(m.DateMedicationEnd, 10) < left((SELECT max(taken_at) FROM raw.snapshot), 10)
         THEN 'ended' ELSE 'active' END AS status,
    m.MedicationDosage AS dosage, gp_tpp_quantity(m.MedicationQuantity) AS quantity,
    gp_tpp_unit(m.MedicationQuantity) AS quantity_unit,
    CAST(date_diff('day', TRY_CAST(m.DateMedicationStart AS TIMESTAMP),
                   TRY_CAST(m.DateMedicationEnd AS TIMESTAMP)) AS VARCHAR) AS duration,
    gp_padded(gp_or_odd(coalesce(m.DateMedicationStart, m.DateEvent), m.odd, 'DateMedicationStart')) AS start,
    gp_padded(gp_or_odd(m.DateMedicationEnd, m.odd, 'DateMedicationEnd')) AS end_date,
    gp_padded(gp_or_odd(m.DateEvent, m.odd, 'DateEvent')) AS authored,
    gp_padded(gp_or_odd(m.DateEventRecorded, m.odd, 'DateEventRecorded')) AS recorded,
    coalesce(d.name, gp_words(m.TextualEventDoneBy)) AS performer, r.name AS recorder, s.start AS consultation
FROM raw.SRPrimaryCareMedication AS m
LEFT JOIN raw.person AS d ON d.id = m.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = m.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = m.IDEvent
WHERE m.RemovedData IS NOT TRUE AND m.IDPatient > 0
  AND m.IsRepeatMedication IS NOT TRUE AND coalesce(m.IDRepeatTemplate, 0) <= 0
