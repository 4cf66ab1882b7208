-- Entries of one side by code and unit as they are written: how many, whose, and what their values come to.
SELECT c.side, c.code, c.unit, count(*) AS records, count(DISTINCT c.person) AS patients, count(c.value) AS n,
       sum(TRY_CAST(c.value AS DOUBLE)) AS total, min(TRY_CAST(c.value AS DOUBLE)) AS least,
       max(TRY_CAST(c.value AS DOUBLE)) AS most, min(c.row) AS row
FROM canonical.observation AS c
WHERE c.code IS NOT NULL
GROUP BY c.side, c.code, c.unit
