SELECT person, kind, file, record, death_date AS about
FROM profile.person
WHERE death_date IS NOT NULL AND registered_from IS NOT NULL AND registered_until IS NULL
