-- Rows of files that a later bulk replaced, or that came twice. Parts: side, entity, kind, row, on_keys.
INSERT INTO ledger.set_aside
SELECT '{side}', '{entity}', s.file, s.record, '{kind}',
       CASE WHEN s.twice THEN 'delivered_twice'
            WHEN {keyless} OR s.deletes THEN 'superseded'
            WHEN EXISTS (SELECT 1 FROM ({row}) AS t WHERE t.used AND {on_keys}) THEN 'superseded'
            ELSE 'gone_at_rebulk' END,
       ''
FROM ({row}) AS s WHERE NOT s.used
