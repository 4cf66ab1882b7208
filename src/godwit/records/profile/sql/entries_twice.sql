-- Of entries that stand more than once, the last. Only entries with a value or words: a bare code may be meant twice.
SELECT person, max(record_kind) AS kind, arg_max(file, row) AS file, arg_max(record, row) AS record,
    max(code_term) AS about
FROM canonical.observation
WHERE code IS NOT NULL AND effective IS NOT NULL AND coalesce(value, value_text, text) IS NOT NULL
GROUP BY person, code, effective, value, value_text, unit, text
HAVING count(*) > 1
