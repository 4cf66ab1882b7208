-- Rows whose link leads nowhere. Parts: raw, column, to, at.
SELECT count(*) FROM {raw} AS r
WHERE r.{column} IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM {to} AS t WHERE t.{at}::VARCHAR = r.{column}::VARCHAR)
