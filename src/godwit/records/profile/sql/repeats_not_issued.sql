-- By patient and drug: not every system says which repeat an issue was made from.
WITH issued AS (
    SELECT person, drug_term, max(left(start, 10)) AS last_day
    FROM canonical.medication_issue
    WHERE gp_is_moment(start)
    GROUP BY ALL
)
SELECT r.person, r.kind, r.file, r.record, r.drug_term AS about
FROM profile.repeat AS r
CROSS JOIN profile.day
LEFT JOIN issued AS i ON i.person = r.person AND i.drug_term = r.drug_term
WHERE r.status = 'active'
  AND greatest(left(r.start, 10), left(r.last_issue, 10), i.last_day) < year_before
