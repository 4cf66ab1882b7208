SELECT person, count(*) AS score FROM sampling.medication_authorisation
WHERE type IN ('repeat', 'repeat_dispensing') AND status <> 'active'
GROUP BY person
