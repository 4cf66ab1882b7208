-- Every document of both sides with its fate, and every trouble of one side, with its patient. Private.
WITH
told AS (
    SELECT "check", side, kind, cause, finding, who, source, target, source_file, target_file, record FROM filed.told
    UNION ALL
    SELECT 'same', 'both', NULL, NULL, NULL, s.who, f.source, f.target, s.file, t.file, NULL
    FROM filed.fate AS f
    JOIN filed.document AS s ON s.side = 'source' AND s.line = f.source
    JOIN filed.document AS t ON t.side = 'target' AND t.line = f.target
    WHERE f.fate = 'same'
),
person AS (
    SELECT p.who, arg_min(c.nhs_number, c.side) AS nhs_number, arg_min(c.family, c.side) AS family,
           arg_min(c.given, c.side) AS given, arg_min(c.birth_date, c.side) AS birth_date
    FROM reconcile.person AS p JOIN canonical.patient AS c ON c.side = p.side AND c.person = p.person
    GROUP BY p.who
)
SELECT t."check", t.side, t.kind, t.cause, t.finding, coalesce(p.nhs_number, s.nhs_number, d.nhs_number) AS nhs_number, p.family,
       p.given, coalesce(p.birth_date, s.birth_date, d.birth_date) AS birth_date, t.source AS source_line,
       coalesce(sf.path, s.path) AS source_path, sf.size AS source_size, sf.sha256 AS source_sha256, t.target AS target_line,
       coalesce(tf.path, d.path) AS target_path, tf.size AS target_size, tf.sha256 AS target_sha256,
       coalesce(s.title, d.title, r.title) AS title, coalesce(s.created, d.created, r.created) AS created,
       coalesce(s.type, d.type) AS type
FROM told AS t
LEFT JOIN person AS p ON p.who = t.who
LEFT JOIN filed.said AS s ON s.side = 'source' AND s.line = t.source
LEFT JOIN filed.said AS d ON d.side = 'target' AND d.line = t.target
LEFT JOIN filed.file AS sf ON sf.side = 'source' AND sf.number = t.source_file
LEFT JOIN filed.file AS tf ON tf.side = 'target' AND tf.number = t.target_file
LEFT JOIN canonical.document AS r ON r.side = t.side AND r.row = t.record
ORDER BY t."check", nhs_number, t.source, t.target, source_path, target_path
