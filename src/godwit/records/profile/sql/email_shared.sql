-- A family of four may share one; five are more often an address typed in to fill the field.
SELECT person, kind, file, record, email AS about
FROM profile.person
WHERE status = 'active' AND lower(trim(email)) IN (
    SELECT lower(trim(email)) FROM profile.person
    WHERE status = 'active' AND email IS NOT NULL GROUP BY ALL HAVING count(*) > 4)
