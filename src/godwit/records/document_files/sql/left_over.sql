-- What nobody took: files of one side only. `more` and `fewer`: the same patient has the same content on the other side, but
-- not as often; `copy_of_another`: the source has this content, and under other patients only.
INSERT INTO filed.fate
WITH
rest AS (
    SELECT d.* FROM filed.document AS d
    ANTI JOIN filed.fate AS p ON d.side = 'source' AND p.source = d.line
    ANTI JOIN filed.fate AS q ON d.side = 'target' AND q.target = d.line
),
same AS (
    SELECT DISTINCT side, who, sha256 FROM filed.document
),
content AS (
    SELECT DISTINCT sha256 FROM filed.document WHERE side = 'source'
)
SELECT CASE WHEN s.who IS NOT NULL AND r.side = 'source' THEN 'fewer'
            WHEN r.side = 'source' THEN 'missing'
            WHEN s.who IS NOT NULL THEN 'more'
            WHEN c.sha256 IS NOT NULL THEN 'copy_of_another'
            ELSE 'unexpected' END AS fate,
       CASE r.side WHEN 'source' THEN r.line END AS source, CASE r.side WHEN 'target' THEN r.line END AS target
FROM rest AS r
LEFT JOIN same AS s ON s.side <> r.side AND s.who = r.who AND s.sha256 = r.sha256
LEFT JOIN content AS c ON c.sha256 = r.sha256
