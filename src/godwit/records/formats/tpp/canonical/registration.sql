-- Registrations at this practice, the current one and those before it; registrations elsewhere are set aside.
SELECT r.file, r.record, CAST(r.patient AS VARCHAR) AS patient,
    'SRPatientRegistration|' || coalesce(CAST(r.id AS VARCHAR), 'row ' || r.file || '.' || r.record) AS key,
    'tpp.SRPatientRegistration|' || r.id AS source_id, r.kind,
    CASE WHEN r.turn = 1 AND p.died THEN 'dead' WHEN r.open THEN 'active' ELSE 'left' END AS status,
    r.start, r.end_date, r.organisation,
    gp_extras(['RegistrationStatus', 'PreferredPharmacy', 'IDProfileEnteredBy', 'DateEventRecorded', 'more', 'odd'],
              [r.delivered, r.pharmacy, w.name, r.recorded, r.more, r.odd]) AS extras
FROM raw.enrolled AS r
LEFT JOIN (SELECT RowIdentifier AS id, bool_or(DateDeath IS NOT NULL) AS died FROM raw.SRPatient
           GROUP BY RowIdentifier) AS p ON p.id = r.patient
LEFT JOIN raw.profile AS w ON w.id = r.profile
