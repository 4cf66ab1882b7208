-- The patients of the sample by name, with the number of their records that have a finding: one that nobody has agreed
-- to, or of a record that stands on one side only.
SELECT c.place, coalesce(p.family, ''), coalesce(p.given, ''), count(DISTINCT (f.entity, f.source_row, f.target_row))
    FILTER (WHERE f.finding IS NOT NULL AND (a.finding IS NULL OR f.source_row IS NULL OR f.target_row IS NULL))
FROM sampling.chosen AS c
JOIN sampling.person AS p ON p.person = c.person
LEFT JOIN shown.line AS l ON l.place = c.place
LEFT JOIN finding.caused AS f ON f.entity = l.entity AND f.source_row IS NOT DISTINCT FROM l.source_row
    AND f.target_row IS NOT DISTINCT FROM l.target_row
LEFT JOIN finding.agreed AS a ON a.finding = f.finding
GROUP BY c.place, p.family, p.given
ORDER BY c.place
