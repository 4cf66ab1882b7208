-- Entries of one kind that carry a code for "could not be carried over as coded", by how they came to it. A pair counts
-- once: `inherited` if the source's entry had such a code already, `new` if only the target's has, `recoded` if only
-- the source's had. Without a counterpart an entry is `not_arrived` or `unpaired`.
-- Parts: entity, concept (field of the codes), class (its class, or null, by the codes).
WITH
marked AS MATERIALIZED (
    SELECT side, row, person, {class} AS class
    FROM canonical.{entity}
    WHERE contains({concept}, 'snomed|1964') OR contains({concept}, '|9bJ')
),
source AS (SELECT * FROM marked WHERE side = 'source' AND class IS NOT NULL),
target AS (SELECT * FROM marked WHERE side = 'target' AND class IS NOT NULL),
compared AS (
    SELECT p.source_row, p.target_row, s.class AS before, t.class AS after
    FROM paired.{entity} AS p
    LEFT JOIN source AS s ON s.row = p.source_row
    LEFT JOIN target AS t ON t.row = p.target_row
    WHERE s.class IS NOT NULL OR t.class IS NOT NULL
),
told AS (
    SELECT coalesce(after, before) AS class,
           CASE WHEN before IS NULL THEN 'new' WHEN after IS NULL THEN 'recoded' ELSE 'inherited' END AS origin
    FROM compared
    UNION ALL
    SELECT class, 'not_arrived' FROM source AS s ANTI JOIN compared AS c ON c.source_row = s.row
    UNION ALL
    SELECT class, 'unpaired' FROM target AS t ANTI JOIN compared AS c ON c.target_row = t.row
)
SELECT class, origin, count(*) FROM told GROUP BY ALL
