-- The rows of one entity with their links as columns. `copy` numbers the rows that say the same (1 is the one kept).
-- Parts: entity, words (a column for each role), roles (the same columns of r), person, copies (what makes a copy).
WITH
r AS (SELECT side, row{words} FROM told.link GROUP BY side, row)
SELECT h.* REPLACE ({person}::BIGINT AS person), 0::BIGINT AS part{roles},
       row_number() OVER (PARTITION BY {copies} ORDER BY row) AS copy
FROM held.{entity} AS h
LEFT JOIN r USING (side, row)
