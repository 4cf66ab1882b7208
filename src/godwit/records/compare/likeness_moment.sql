-- Marks of a moment: itself to the minute, and what is left of it when it is said less precisely (as some row says it).
-- Parts: field, moment (expression that orders the rows).
SELECT side, row, scope, {moment} AS moment, '{field}' AS field,
       CASE WHEN gp_is_moment({field}) THEN left({field}, 16) ELSE {field} END AS mark, true AS whole
FROM here
WHERE {field} IS NOT NULL
UNION ALL
SELECT h.side, h.row, h.scope, {moment}, '{field}', left(h.{field}, l.length), false
FROM here AS h
JOIN (SELECT DISTINCT length(left({field}, 16)) AS length FROM here WHERE gp_is_moment({field})) AS l
    ON l.length < length(left(h.{field}, 16))
WHERE gp_is_moment(h.{field})
