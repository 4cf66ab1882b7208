SELECT person, kind, file, record, registration AS about
FROM profile.person
WHERE status = 'active' AND registration <> 'regular'
