-- Every record found by every check, with its patient: for whoever works through a list with a program.
SELECT r.check_id AS "check", p.nhs_number, p.local_id AS patient_id, p.family, p.given, p.birth_date, p.status,
    r.kind AS "table", r.file, r.record, r.about
FROM profile.row AS r
LEFT JOIN profile.person AS p ON p.person = r.person
ORDER BY ALL
