-- Every link of a paired record on one side, with what stands at its other end: the pair the other record belongs to,
-- 'alone' where that record has no counterpart (its own finding says so), or the words given instead of a record.
-- Parts: side.
SELECT own.entity, own.source_row, own.target_row, own.scope, l.role, l.ordinal,
       CASE WHEN l.target IS NULL THEN 'words:' || l.words
            WHEN far.source_row IS NULL THEN 'alone'
            ELSE 'pair:' || far.entity || ':' || far.source_row END AS far_end,
       CASE WHEN l.target IS NULL THEN l.words ELSE place.label END AS label,
       CASE WHEN l.target IS NULL THEN l.words ELSE place.name END AS name
FROM canonical.link AS l
JOIN paired.record AS own ON own.{side}_row = l.row
LEFT JOIN paired.record AS far ON far.{side}_row = l.target
LEFT JOIN paired.label AS place ON place.side = '{side}' AND place.row = l.target
WHERE l.side = '{side}' AND own.rung <> 'moved'
