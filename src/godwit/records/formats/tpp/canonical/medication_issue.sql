-- Every issue, repeat and acute. An acute issue is issued under itself.
SELECT m.file, m.record, CAST(m.IDPatient AS VARCHAR) AS patient,
    'SRPrimaryCareMedication|' || coalesce(CAST(m.RowIdentifier AS VARCHAR),
        'row ' || m.file || '.' || m.record) AS key,
    'tpp.SRPrimaryCareMedication|' || m.RowIdentifier AS source_id,
    nullif('[' || concat_ws(',', CASE WHEN m.IDMultiLexProduct > 0 THEN '"multilex|' || m.IDMultiLexProduct || '"' END,
        CASE WHEN m.IDMultiLexDMD > 0 THEN '"snomed|' || m.IDMultiLexDMD || '"' END) || ']', '[]') AS drug,
    '[' || to_json(m.NameOfMedication) || ']' AS drug_term,
    CASE WHEN m.IsRepeatMedication OR m.IDRepeatTemplate > 0 THEN 'repeat' ELSE 'acute' END AS type,
    m.MedicationDosage AS dosage, gp_tpp_quantity(m.MedicationQuantity) AS quantity,
    gp_tpp_unit(m.MedicationQuantity) AS quantity_unit,
    CAST(date_diff('day', TRY_CAST(m.DateMedicationStart AS TIMESTAMP),
                   TRY_CAST(m.DateMedicationEnd AS TIMESTAMP)) AS VARCHAR) AS duration,
    gp_padded(gp_or_odd(coalesce(m.DateMedicationStart, m.DateEvent), m.odd, 'DateMedicationStart')) AS start,
    gp_padded(gp_or_odd(m.DateMedicationEnd, m.odd, 'DateMedicationEnd')) AS end_date,
    gp_padded(gp_or_odd(m.DateEvent, m.odd, 'DateEvent')) AS authored,
    gp_padded(gp_or_odd(m.DateEventRecorded, m.odd, 'DateEventRecorded')) AS recorded,
    n.words AS text, coalesce(d.name, gp_words(m.TextualEventDoneBy)) AS performer, r.name AS recorder,
    s.start AS consultation,
    CASE WHEN m.IDRepeatTemplate > 0 THEN t.words WHEN m.IsRepeatMedication THEN NULL
         ELSE concat_ws(' @ ', m.NameOfMedication,
             gp_padded(gp_or_odd(coalesce(m.DateMedicationStart, m.DateEvent), m.odd, 'DateMedicationStart')))
         END AS authorisation,
    nullif('{' || concat_ws(',',
        CASE WHEN m.IDMultiLexPack > 0 THEN '"IDMultiLexPack":["' || m.IDMultiLexPack || '"]' END,
        CASE WHEN m.IsOtherMedication THEN '"IsOtherMedication":["true"]' END,
        CASE WHEN m.IsDentalMedication THEN '"IsDentalMedication":["true"]' END,
        CASE WHEN m.IsHospitalMedication THEN '"IsHospitalMedication":["true"]' END,
        CASE WHEN m.IsSupervised THEN '"IsSupervised":["true"]' END,
        '"SupervisedDose":[' || to_json(m.SupervisedDose) || ']',
        '"UnsupervisedDose":[' || to_json(m.UnsupervisedDose) || ']',
        CASE WHEN t.id IS NULL AND m.IDRepeatTemplate > 0
             THEN '"IDRepeatTemplate":["' || m.IDRepeatTemplate || '"]' END,
        CASE WHEN m.IDReferralIn > 0 THEN '"IDReferralIn":["' || m.IDReferralIn || '"]' END,
        CASE WHEN m.IDDoneBy > 0 AND d.name IS NULL THEN '"IDDoneBy":["' || m.IDDoneBy || '"]' END,
        CASE WHEN d.name IS NOT NULL THEN '"TextualEventDoneBy":[' || to_json(m.TextualEventDoneBy) || ']' END,
        CASE WHEN m.IDOrganisation <> m.IDOrganisationVisibleTo
             THEN '"OtherOrganisation":[' || to_json(m.IDOrganisation) || ']' END,
        CASE WHEN m.IDOrganisationDoneAt <> m.IDOrganisation
             THEN '"IDOrganisationDoneAt":[' || to_json(m.IDOrganisationDoneAt) || ']' END,
        '"more":[' || to_json(m.more) || ']',
        '"odd":[' || to_json(m.odd) || ']') || '}', '{}') AS extras,
    CASE WHEN concat_ws(' ', gp_tpp_quantity(m.MedicationQuantity), gp_tpp_unit(m.MedicationQuantity))
              <> m.MedicationQuantity
         THEN CAST(json_object('quantity', m.MedicationQuantity) AS VARCHAR) END AS original
FROM raw.SRPrimaryCareMedication AS m
LEFT JOIN raw.course AS t ON t.id = m.IDRepeatTemplate
LEFT JOIN raw.note AS n ON n.kind = 'SRPRIMARYCAREMEDICATION' AND n.id = m.RowIdentifier
LEFT JOIN raw.person AS d ON d.id = m.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = m.IDProfileEnteredBy
LEFT JOIN raw.contact AS s ON s.id = m.IDEvent
WHERE m.RemovedData IS NOT TRUE AND m.IDPatient > 0
