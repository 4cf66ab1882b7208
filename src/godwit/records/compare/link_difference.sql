-- Links of paired records whose other ends are not the same records. Ends that stand alone are left out: the missing or
-- unexpected record is a finding of its own, and a link to it could not have survived. For each of them one link on the
-- other side that leads nowhere is left out too, since that is how a link to a record that was lost looks.
-- Parts: ordered (condition on entity and role), compared (condition on entity and role), nowhere (a far end).
WITH
ends AS (
    SELECT 'source' AS side, * FROM paired.source_link UNION ALL SELECT 'target' AS side, * FROM paired.target_link
),
counted AS (
    SELECT *, count(*) FILTER (WHERE side = 'source' AND far_end = 'alone') OVER here AS source_alone,
           count(*) FILTER (WHERE side = 'target' AND far_end = 'alone') OVER here AS target_alone,
           row_number() OVER (PARTITION BY entity, source_row, role, side, far_end ORDER BY ordinal) AS n
    FROM ends
    WHERE {compared}
    WINDOW here AS (PARTITION BY entity, source_row, role)
),
weighed AS (
    SELECT *, far_end <> 'alone' AND NOT (
        far_end = '{nowhere}' AND n <= CASE side WHEN 'source' THEN target_alone ELSE source_alone END
    ) AS counts
    FROM counted
),
gathered AS (
    SELECT entity, source_row, target_row, scope, role,
           list(far_end ORDER BY CASE WHEN {ordered} THEN lpad(ordinal::VARCHAR, 9, '0') ELSE far_end END)
               FILTER (WHERE side = 'source' AND counts) AS source_ends,
           list(far_end ORDER BY CASE WHEN {ordered} THEN lpad(ordinal::VARCHAR, 9, '0') ELSE far_end END)
               FILTER (WHERE side = 'target' AND counts) AS target_ends,
           list(name ORDER BY name) FILTER (WHERE side = 'source') AS source_names,
           list(name ORDER BY name) FILTER (WHERE side = 'target') AS target_names,
           string_agg(label, '; ' ORDER BY ordinal) FILTER (WHERE side = 'source') AS source_value,
           string_agg(label, '; ' ORDER BY ordinal) FILTER (WHERE side = 'target') AS target_value
    FROM weighed
    GROUP BY ALL
)
SELECT entity, source_row, target_row, scope, role AS field, source_value, target_value,
       to_json(source_ends)::VARCHAR AS source_ends, to_json(target_ends)::VARCHAR AS target_ends,
       to_json(source_names)::VARCHAR AS source_names, to_json(target_names)::VARCHAR AS target_names
FROM gathered
WHERE source_ends IS DISTINCT FROM target_ends
