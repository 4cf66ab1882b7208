-- Files of both sides that are the same by {key}, the first of one side with the first of the other.
-- Parts: fate, key (columns), only (a condition over the counts of both sides).
INSERT INTO filed.fate
WITH
rest AS (
    SELECT d.* FROM filed.document AS d
    ANTI JOIN filed.fate AS p ON d.side = 'source' AND p.source = d.line
    ANTI JOIN filed.fate AS q ON d.side = 'target' AND q.target = d.line
),
ordered AS (
    SELECT side, line, {key}, row_number() OVER (PARTITION BY side, {key} ORDER BY line) AS place,
           count(*) OVER (PARTITION BY side, {key}) AS alike
    FROM rest
)
SELECT '{fate}', s.line, t.line
FROM (SELECT * FROM ordered WHERE side = 'source') AS s
JOIN (SELECT * FROM ordered WHERE side = 'target') AS t USING ({key}, place)
WHERE {only}
