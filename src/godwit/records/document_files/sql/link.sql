-- Which document of the records each line of an index is: by its number, by the name of its file, or by its content.
WITH
record AS (
    SELECT side, person, row, lower(path) AS path, filed_name(path) AS name, lower(split_part(source_id, '|', -1)) AS id,
           lower(content_hash) AS hash
    FROM canonical.document
),
found AS (
    SELECT r.side, r.line, c.row FROM filed.row AS r JOIN record AS c ON c.side = r.side AND c.person = r.person AND c.path = lower(r.document)
    UNION ALL
    SELECT r.side, r.line, c.row FROM filed.row AS r JOIN record AS c ON c.side = r.side AND c.person = r.person AND c.id = lower(r.document)
    UNION ALL
    SELECT r.side, r.line, c.row FROM filed.row AS r JOIN record AS c ON c.side = r.side AND c.person = r.person AND c.name = r.name
    UNION ALL
    SELECT r.side, r.line, c.row
    FROM filed.row AS r
    JOIN filed.file AS f ON f.side = r.side AND f.number = r.file
    JOIN record AS c ON c.side = r.side AND c.person = r.person AND c.hash = f.sha256
)
SELECT side, line, min(row) AS row FROM found GROUP BY ALL
