-- Temporary patients have no home address by design (format notes 2.6).
SELECT person, kind, file, record, NULL AS about
FROM profile.person
WHERE status = 'active' AND postcode IS NULL AND registration IS DISTINCT FROM 'temporary'
