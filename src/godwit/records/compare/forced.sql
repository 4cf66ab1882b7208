-- How often each loss explains that the pairs of one entity are written differently and mean the same.
-- Parts: entity, counts (list of structs field/loss/pairs over rows form/pairs).
SELECT '{entity}', c.field, c.loss, c.pairs
FROM (
    SELECT unnest([{counts}]) AS c
    FROM (
        SELECT form, count(*) AS pairs
        FROM (
            SELECT form FROM paired.{entity} WHERE form > 0
            UNION ALL
            SELECT form FROM finding.form WHERE entity = '{entity}'
        )
        GROUP BY form
    )
)
WHERE c.pairs > 0
