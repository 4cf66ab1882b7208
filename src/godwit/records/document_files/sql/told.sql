-- Everything found, one line each: a fate of a document, or a trouble of one side. `kind` is what is behind it: an agreed
-- finding of the records, an open one, the same trouble in the source (inherited), or the files alone.
-- Parts: agreed (a query for the numbers of agreed findings).
WITH
agreed AS ({agreed}),
fated AS (
    SELECT f.fate AS "check", CASE WHEN f.target IS NULL THEN 'source' WHEN f.source IS NULL THEN 'target' ELSE 'both' END AS side,
           coalesce(s.who, t.who) AS who, f.source, f.target, s.file AS source_file, t.file AS target_file,
           NULL::BIGINT AS record, false AS inherited
    FROM filed.fate AS f
    LEFT JOIN filed.document AS s ON s.side = 'source' AND s.line = f.source
    LEFT JOIN filed.document AS t ON t.side = 'target' AND t.line = f.target
    WHERE f.fate <> 'same'
    UNION ALL
    SELECT t."check", t.side, t.who, CASE t.side WHEN 'source' THEN t.line END, CASE t.side WHEN 'target' THEN t.line END,
           CASE t.side WHEN 'source' THEN t.file END, CASE t.side WHEN 'target' THEN t.file END,
           t.record, t.side = 'target' AND EXISTS (
               SELECT 1 FROM filed.trouble AS o
               WHERE o.side = 'source' AND o."check" = t."check" AND o.who IS NOT DISTINCT FROM t.who AND o.key = t.key)
    FROM filed.trouble AS t
),
numbered AS (
    SELECT *, row_number() OVER (ORDER BY "check", side, who, source, target, source_file, target_file, record) AS number FROM fated
),
record AS (
    SELECT n.number, 'source' AS side, 'document' AS entity, k.row
    FROM numbered AS n JOIN filed.link AS k ON k.side = 'source' AND k.line = n.source
    UNION ALL
    SELECT n.number, 'target', 'document', k.row
    FROM numbered AS n JOIN filed.link AS k ON k.side = 'target' AND k.line = n.target
    UNION ALL
    SELECT number, side, 'document', record FROM numbered WHERE record IS NOT NULL
    UNION ALL
    SELECT n.number, c.side, 'patient', c.row
    FROM numbered AS n
    JOIN reconcile.person AS p ON p.who = n.who
    JOIN canonical.patient AS c ON c.side = p.side AND c.person = p.person
),
found AS (
    SELECT r.number, f.finding, f.cause
    FROM record AS r JOIN finding.caused AS f ON r.side = 'source' AND f.entity = r.entity AND f.source_row = r.row
    WHERE f.field IS NULL OR f.field IN ('patient', 'path', 'content_hash')
    UNION ALL
    SELECT r.number, f.finding, f.cause
    FROM record AS r JOIN finding.caused AS f ON r.side = 'target' AND f.entity = r.entity AND f.target_row = r.row
    WHERE f.field IS NULL OR f.field IN ('patient', 'path', 'content_hash')
),
behind AS (
    SELECT o.number, min_by(o.finding, (a.finding IS NOT NULL, o.finding)) AS finding,
           min_by(o.cause, (a.finding IS NOT NULL, o.finding)) AS cause, bool_and(a.finding IS NOT NULL) AS agreed
    FROM found AS o LEFT JOIN agreed AS a ON a.finding = o.finding GROUP BY o.number
)
SELECT n.* EXCLUDE (inherited), b.finding, b.cause,
       CASE WHEN n.inherited THEN 'inherited' WHEN b.agreed THEN 'agreed' WHEN b.finding IS NOT NULL THEN 'finding'
            ELSE 'files' END AS kind
FROM numbered AS n LEFT JOIN behind AS b ON b.number = n.number
