-- The patients of one side, numbered from 1 in the order of their first record. Parts: side, patients (a query).
CREATE TABLE made_{side}.person AS
SELECT key AS patient, row_number() OVER (ORDER BY min(file), min(record), key) AS person
FROM ({patients})
WHERE key IS NOT NULL
GROUP BY key
