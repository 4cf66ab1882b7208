SELECT person, kind, file, record, nhs_number AS about
FROM profile.person
WHERE nhs_number IN (SELECT nhs_number FROM profile.person WHERE nhs_number IS NOT NULL GROUP BY ALL HAVING count(*) > 1)
