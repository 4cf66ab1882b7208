-- Make climb.mark: for each row of one turn what it could be known by (field, value), and its place among the rows of
-- its side and patient that have the same, in order of time.
-- Parts: turn, marks (query over `here`: side, row, scope, moment, field, mark, whole).
CREATE OR REPLACE TABLE climb.mark AS
WITH
here AS (SELECT * FROM climb.free WHERE turn = {turn}),
marks AS ({marks})
SELECT side, row, scope, field, mark, whole,
       row_number() OVER (PARTITION BY side, scope, field, mark ORDER BY moment NULLS LAST, row) AS place
FROM marks
