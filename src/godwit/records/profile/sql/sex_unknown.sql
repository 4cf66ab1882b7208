SELECT person, kind, file, record, sex AS about
FROM profile.person
WHERE status = 'active' AND coalesce(sex, 'unknown') NOT IN ('male', 'female', 'indeterminate')
