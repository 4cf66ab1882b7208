SELECT person, kind, file, record, email AS about
FROM profile.person
WHERE status = 'active' AND NOT regexp_full_match(trim(email), '[^@\s,;]+@[^@\s.,;]+(\.[^@\s.,;]+)+')
