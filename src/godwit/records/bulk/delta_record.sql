-- One line for every record added, changed or deleted, with both versions whole. Parts: kind, on_keys, unlike (a list:
-- the name of each column that differs, else NULL), key (the key as JSON).
INSERT INTO changes.record
SELECT '{kind}',
       CASE WHEN b.file IS NULL THEN 'added' WHEN a.file IS NULL THEN 'deleted' ELSE 'changed' END,
       coalesce(a.practice, b.practice), coalesce(a.patient, b.patient), {key},
       b.file, b.record, a.file, a.record,
       CASE WHEN b.file IS NOT NULL AND a.file IS NOT NULL
            THEN to_json(list_filter({unlike}, lambda name: name IS NOT NULL))::VARCHAR END,
       CASE WHEN b.file IS NOT NULL THEN to_json(b.cells)::VARCHAR END,
       CASE WHEN a.file IS NOT NULL THEN to_json(a.cells)::VARCHAR END
FROM (SELECT * FROM changes.row WHERE later = 0) AS b
FULL JOIN (SELECT * FROM changes.row WHERE later = 1) AS a ON {on_keys} AND b.nth = a.nth
