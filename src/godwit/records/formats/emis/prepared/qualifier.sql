-- The XML of the column Qualifiers, read once for each different text: as JSON, and what an immunisation says in it.
-- A text that is not pairs of Name and Value stays whole, as one JSON text.
WITH delivered AS (
    SELECT DISTINCT Qualifiers AS delivered FROM raw.CareRecord_Observation WHERE Qualifiers IS NOT NULL
), part AS (
    SELECT delivered,
        unnest(regexp_extract_all(delivered, '<Name>([^<]*)</Name>\s*<Value>([^<]*)</Value>', 1)) AS name,
        unnest(regexp_extract_all(delivered, '<Name>([^<]*)</Name>\s*<Value>([^<]*)</Value>', 2)) AS escaped
    FROM delivered
), pair AS (
    SELECT p.delivered, p.name, n.ours AS meaning, replace(replace(replace(replace(replace(p.escaped,
        '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&apos;', ''''), '&amp;', '&') AS value
    FROM part AS p
    LEFT JOIN raw.value_qualifier AS n ON n.delivered = p.name
), told AS (
    SELECT delivered,
        CAST(to_json(list({'name': name, 'value': value} ORDER BY name, value)) AS VARCHAR) AS ours,
        max(value) FILTER (WHERE meaning = 'batch') AS batch,
        max(value) FILTER (WHERE meaning = 'manufacturer') AS manufacturer,
        max(value) FILTER (WHERE meaning = 'expiry') AS expiry,
        max(value) FILTER (WHERE meaning = 'site') AS site,
        max(value) FILTER (WHERE meaning = 'route') AS route,
        max(value) FILTER (WHERE meaning = 'reason') AS reason,
        max(value) FILTER (WHERE meaning = 'dose') AS dose,
        max(value) FILTER (WHERE meaning = 'product') AS product,
        max(value) FILTER (WHERE meaning = 'status') AS status,
        max(value) FILTER (WHERE meaning = 'severity') AS severity,
        max(value) FILTER (WHERE meaning = 'verification') AS verification,
        max(value) FILTER (WHERE meaning = 'reaction') AS reaction,
        max(value) FILTER (WHERE meaning = 'relation') AS relation
    FROM pair
    GROUP BY delivered
)
SELECT d.delivered, coalesce(t.ours, CAST(to_json(d.delivered) AS VARCHAR)) AS ours, t.* EXCLUDE (delivered, ours)
FROM delivered AS d
LEFT JOIN told AS t ON t.delivered = d.delivered
