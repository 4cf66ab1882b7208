-- Every address of a patient with its kind; `turn` 1 of the home addresses that have not ended is the one lived at now.
WITH snapshot AS (SELECT max(taken_at) AS taken_at FROM raw.snapshot)
SELECT a.IDPatient AS patient, coalesce(v.ours, 'other') AS kind, coalesce(w.words, a.AddressType) AS delivered,
    gp_line([a.NameOfBuilding, concat_ws(' ', a.NumberOfBuilding, a.NameOfRoad), a.NameOfLocality, a.NameOfTown,
             a.NameOfCounty, a.FullPostCode]) AS address,
    a.FullPostCode AS postcode, gp_padded(a.DateEvent) AS since, gp_padded(a.DateTo) AS until,
    row_number() OVER (
        PARTITION BY a.IDPatient, coalesce(v.ours, 'other') = 'home'
        ORDER BY (a.DateTo IS NULL OR a.DateTo > s.taken_at) DESC, a.DateEvent DESC NULLS LAST, a.RowIdentifier DESC
    ) AS turn,
    a.DateTo IS NULL OR a.DateTo > s.taken_at AS current
FROM raw.SRPatientAddressHistory AS a
CROSS JOIN snapshot AS s
LEFT JOIN raw.word AS w ON w.id = a.AddressType
LEFT JOIN raw.value_address_type AS v ON v.delivered = gp_words(coalesce(w.words, a.AddressType))
WHERE a.RemovedData IS NOT TRUE AND a.IDPatient > 0
