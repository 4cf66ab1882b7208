-- The members of one measure on one side. Parts: measure, side, entity, key, joins, when.
INSERT INTO reconcile.member
SELECT '{measure}', c.side, p.who, {key}, '{entity}', c.row
FROM canonical.{entity} AS c
JOIN reconcile.person AS p ON p.side = c.side AND p.person = c.person
{joins}
WHERE c.side = '{side}' AND ({when})
