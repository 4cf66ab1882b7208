-- issues.parquet: one row for each, with the file, the record's number in it, the rule or reason, and the path in the record.
SELECT l.side, l.entity, f.name AS file, l.record, l.kind, l.reason, l.detail
FROM ledger.issue AS l
LEFT JOIN ledger.file AS f ON f.side = l.side AND f.file = l.file
ORDER BY ALL
