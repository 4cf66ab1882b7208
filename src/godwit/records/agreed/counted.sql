-- How many findings and patients each agreement is about. Who is one patient: as in the counts of causes.
SELECT s.id, count(*),
       count(DISTINCT nullif(coalesce('p' || f.scope, 's' || f.source_person, 't' || f.target_person), 'p0'))
FROM finding.in_scope AS s
JOIN finding.caused AS f USING (finding)
GROUP BY s.id
