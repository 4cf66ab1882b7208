-- Every cause with its words and figures. Its example is the gravest of its findings that shows its own field with the
-- shortest values, since those are read fastest.
-- Parts: ranked (rank of f.severity), patient (expression).
SELECT c.cause, l.entity, l.field, l.outcome, l.reason, l.title, l.also, l.pattern, min({ranked}) AS rank,
       count(*) AS findings, count(DISTINCT {patient}) AS patients,
       min({{'rank': {ranked}, 'other': f.entity <> l.entity OR f.field IS DISTINCT FROM l.field,
             'bare': f.source_value IS NULL AND f.target_value IS NULL,
             'length': length(coalesce(f.source_value, '')) + length(coalesce(f.target_value, '')),
             'finding': f.finding}}).finding AS example
FROM finding.open AS f
JOIN (SELECT DISTINCT cause FROM finding.cause) AS c ON c.cause = f.cause
JOIN finding.line AS l ON l.detail = c.cause
GROUP BY ALL
ORDER BY c.cause
