-- Rows of one table that share their key with an earlier row, and rows without a whole key. Parts: raw, keys, empty.
SELECT coalesce(sum(rows - 1) FILTER (WHERE NOT empty), 0), coalesce(sum(rows) FILTER (WHERE empty), 0)
FROM (SELECT count(*) AS rows, {empty} AS empty FROM {raw} GROUP BY {keys})
