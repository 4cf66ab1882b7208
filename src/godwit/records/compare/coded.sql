-- Lists of codes to which the maps add a code: by terminology, where the list has none of it and all its codes lead to
-- one and the same. Parts: lists (query of every list of codes that stands in a record).
WITH
listed AS ({lists}),
single AS (SELECT codes, unnest(from_json(codes, '["VARCHAR"]')) AS code FROM listed),
led AS (
    SELECT s.codes, c.system, min(c.concept) AS concept
    FROM single AS s
    JOIN coded.concept AS c ON c.code = s.code
    GROUP BY s.codes, c.system
    HAVING min(c.concept) = max(c.concept)
),
missing AS (
    SELECT l.codes, l.concept
    FROM led AS l
    WHERE NOT EXISTS (SELECT 1 FROM single AS s WHERE s.codes = l.codes AND split_part(s.code, '|', 1) = l.system)
)
SELECT codes, to_json(list_sort(list_concat(from_json(codes, '["VARCHAR"]'), list(concept))))::VARCHAR AS filled
FROM missing
GROUP BY codes
