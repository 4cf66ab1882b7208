-- What tells one pattern of findings from another, and is the same in every run however findings are grouped there: how
-- the value changed, and traits of the record (JSON). A patient is known by the id that their own system gave them, the
-- source's if there is one.
WITH known AS (
    SELECT DISTINCT ON (side, person) side, person, coalesce(source_id, local_id) AS id
    FROM canonical.patient
    ORDER BY side, person, row
)
SELECT c.finding, f.change,
       to_json({
           'turn': CASE WHEN c.outcome = 'different' THEN md5(to_json([c.source_value, c.target_value])::VARCHAR) END,
           'measure': f.measure, 'code': w.code, 'unit': w.unit, 'staff': w.staff, 'site': w.site, 'day': w.day,
           'month': w.month, 'kind': w.kind, 'patient': coalesce(s.id, t.id)
       })::VARCHAR AS traits
FROM finding.caused AS c
JOIN finding.found AS f USING (n)
JOIN finding.trait AS w USING (n)
LEFT JOIN paired.person AS p ON p.target_person = c.target_person
LEFT JOIN known AS s ON s.side = 'source' AND s.person = coalesce(c.source_person, p.source_person)
LEFT JOIN known AS t ON t.side = 'target' AND t.person = c.target_person
