-- What became of the source's entries with a local code: their pair has a national code now, still only a local one, none at
-- all, or there is no pair. Parts: entity, became (condition over t).
SELECT c.code, CASE WHEN q.target_row IS NULL THEN 'lost'
                    WHEN t.code IS NULL OR gp_degraded(t.code) THEN 'text'
                    WHEN {became} THEN 'national' ELSE 'local' END AS fate,
       count(*) AS records
FROM reconcile.local AS c
LEFT JOIN paired.{entity} AS q ON q.source_row = c.row
LEFT JOIN canonical.{entity} AS t ON t.side = 'target' AND t.row = q.target_row
WHERE c.entity = '{entity}'
GROUP BY ALL
ORDER BY ALL
