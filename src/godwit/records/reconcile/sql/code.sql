-- Every code of one entity as it is written, once, with what both formats can hold of it.
-- Parts: entity, seen (each code with a row that has it), held (expression over c).
INSERT INTO reconcile.code
SELECT '{entity}', one.code, min({held})
FROM ({seen}) AS one
JOIN canonical.{entity} AS c ON c.side = one.side AND c.row = one.row
GROUP BY one.code
