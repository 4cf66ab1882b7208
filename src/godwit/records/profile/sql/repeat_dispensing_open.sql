SELECT person, kind, file, record, drug_term AS about
FROM profile.repeat
WHERE status = 'active' AND type = 'repeat_dispensing'
