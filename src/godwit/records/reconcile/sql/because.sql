-- Every join and leave with what is behind it: a finding that touches what the measure rests on (open before agreed), else a
-- loss of a format, else a rule that holds the two for equal, else nothing. Of several the one that says most: the patient
-- before the list, the list before an entry, the gravest before the rest.
-- Parts: agreed (a query for the numbers of agreed findings), harmless (one for records that a rule leaves alone).
WITH
touched AS (
    SELECT b.measure, b.who, b.key, b.role, b.side, b.row, f.finding, f.cause, f.entity, f.outcome, f.field, f.reason, f.severity
    FROM reconcile.basis AS b
    JOIN finding.caused AS f ON b.side = 'source' AND f.entity = b.entity AND f.source_row = b.row
    UNION ALL
    SELECT b.measure, b.who, b.key, b.role, b.side, b.row, f.finding, f.cause, f.entity, f.outcome, f.field, f.reason, f.severity
    FROM reconcile.basis AS b
    JOIN finding.caused AS f ON b.side = 'target' AND f.entity = b.entity AND f.target_row = b.row
),
ruled AS (
    SELECT b.measure, b.who, b.key, b.role, b.side, b.row, v.entity, v.field, v.rule
    FROM reconcile.basis AS b
    JOIN finding.verdict AS v ON b.side = 'source' AND v.entity = b.entity AND v.source_row = b.row
    WHERE v.rule IS NOT NULL
    UNION ALL
    SELECT b.measure, b.who, b.key, b.role, b.side, b.row, v.entity, v.field, v.rule
    FROM reconcile.basis AS b
    JOIN finding.verdict AS v ON b.side = 'target' AND v.entity = b.entity AND v.target_row = b.row
    WHERE v.rule IS NOT NULL
),
agreed AS ({agreed}),
harmless AS ({harmless}),
behind AS (
    SELECT t.*, CASE WHEN t.reason = 'no_place' THEN 'loss' WHEN a.finding IS NOT NULL THEN 'agreed' ELSE 'finding' END AS kind
    FROM touched AS t
    LEFT JOIN agreed AS a ON a.finding = t.finding
    LEFT JOIN reconcile.rests AS r ON r.measure = t.measure AND r.entity = t.entity AND r.field = t.field
    WHERE t.field IS NULL OR t.field = 'patient' OR r.field IS NOT NULL
    UNION ALL
    SELECT u.measure, u.who, u.key, u.role, u.side, u.row, NULL, u.rule, u.entity, 'different', u.field, 'rule', NULL, 'rule'
    FROM ruled AS u
    JOIN reconcile.rests AS r ON r.measure = u.measure AND r.entity = u.entity AND r.field = u.field
    UNION ALL
    SELECT b.measure, b.who, b.key, b.role, b.side, b.row, NULL, h.rule, b.entity, 'different', NULL, 'rule', NULL, 'rule'
    FROM reconcile.basis AS b
    JOIN harmless AS h ON h.side = b.side AND h.entity = b.entity AND h.row = b.row
),
ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY measure, who, key
        ORDER BY CASE kind WHEN 'finding' THEN 1 WHEN 'agreed' THEN 2 WHEN 'loss' THEN 3 ELSE 4 END,
                 CASE WHEN entity = 'patient' THEN 1 WHEN entity = 'registration' THEN 2 ELSE 3 END,
                 CASE severity WHEN 'critical' THEN 1 WHEN 'high' THEN 2 WHEN 'medium' THEN 3 ELSE 4 END,
                 finding, side, entity, row, field
    ) AS place
    FROM behind
)
SELECT ch.measure, ch.who, ch.key, ch.change, coalesce(r.kind, 'unexplained') AS kind, r.cause, r.finding, r.role, r.entity,
       r.outcome, r.field, r.reason, r.side, r.row
FROM reconcile.change AS ch
LEFT JOIN ranked AS r ON r.measure = ch.measure AND r.who = ch.who AND r.key = ch.key AND r.place = 1
