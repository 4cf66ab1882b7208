-- Registrations at this practice; `turn` 1 is the current one. A cell may name several kinds ("GMS,Contraception"): the
-- first of regular, temporary, private, immediately necessary and other is the kind, the cell itself travels along.
WITH told AS (
    SELECT r.file, r.record, min(CASE v.ours WHEN 'regular' THEN 1 WHEN 'temporary' THEN 2 WHEN 'private' THEN 3
        WHEN 'immediately_necessary' THEN 4 ELSE 5 END) AS rank
    FROM (SELECT file, record, unnest(string_split(RegistrationStatus, ',')) AS word
          FROM raw.SRPatientRegistration) AS r
    LEFT JOIN raw.value_registration AS v ON v.delivered = gp_words(r.word)
    GROUP BY r.file, r.record
)
SELECT r.file, r.record, r.RowIdentifier AS id, r.IDPatient AS patient, r.RegistrationStatus AS delivered,
    ['regular', 'temporary', 'private', 'immediately_necessary', 'other'][t.rank] AS kind,
    gp_padded(gp_or_odd(r.DateRegistration, r.odd, 'DateRegistration')) AS start,
    gp_padded(gp_or_odd(r.DateDeRegistration, r.odd, 'DateDeRegistration')) AS end_date,
    coalesce(r.DateDeRegistration > (SELECT max(taken_at) FROM raw.snapshot), r.DateDeRegistration IS NULL) AS open,
    r.IDOrganisation AS organisation, r.IDProfileEnteredBy AS profile, r.PreferredPharmacy AS pharmacy,
    r.DateEventRecorded AS recorded, r.more, r.odd,
    row_number() OVER (PARTITION BY r.IDPatient ORDER BY (r.DateDeRegistration IS NULL) DESC,
                       r.DateRegistration DESC NULLS LAST, r.RowIdentifier DESC) AS turn
FROM raw.SRPatientRegistration AS r
LEFT JOIN told AS t ON t.file = r.file AND t.record = r.record
WHERE r.RemovedData IS NOT TRUE AND r.IDPatient > 0
  AND coalesce(upper(r.IDOrganisation) = upper(r.IDOrganisationVisibleTo), true)
