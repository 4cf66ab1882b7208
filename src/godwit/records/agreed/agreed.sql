-- What is agreed: each finding under the first agreement that holds for it. Parts: holding (a list of ids).
SELECT f.finding, f.entity, f.outcome, f.field, f.source_row, f.target_row, s.id AS agreement
FROM (
    SELECT finding, arg_min(id, ordinal) AS id FROM finding.in_scope WHERE id IN ({holding}) GROUP BY finding
) AS s
JOIN finding.caused AS f USING (finding)
