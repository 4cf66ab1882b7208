-- Rows of those keys that have no equal on the other side. Equal rows of one key pair off first, copy by copy; what is
-- left of a key is numbered in the order of the files (`nth`), and the same number on both sides is one record changed.
-- Parts: keys, rows (SELECT of both sides: later, file, record, practice, patient, keys, content, cells).
WITH
copied AS (
    SELECT *, row_number() OVER (PARTITION BY later, {keys}, content ORDER BY file, record) AS copy FROM ({rows})
),
paired AS (SELECT *, count(*) OVER (PARTITION BY {keys}, content, copy) = 2 AS same FROM copied)
SELECT * EXCLUDE (copy, same), row_number() OVER (PARTITION BY later, {keys} ORDER BY file, record) AS nth
FROM paired WHERE NOT same
