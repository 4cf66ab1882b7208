-- What the findings of one kind of record are about: the rule of clinical risk that fits, and what the record shares
-- with others. A record of the source speaks for a pair.
-- Parts: entity, risk (expression over f, s and t), graver (its severity by name), and the traits as expressions.
SELECT * REPLACE (CASE risk {graver} ELSE severity END AS severity) FROM (
    SELECT f.n, coalesce({risk}, '{entity}') AS risk, f.severity, {traits}
    FROM finding.found AS f
    LEFT JOIN canonical.{entity} AS s ON s.side = 'source' AND s.row = f.source_row
    LEFT JOIN canonical.{entity} AS t ON t.side = 'target' AND t.row = f.target_row
    WHERE f.entity = '{entity}'
)
