-- Patients with a record whose term fits the words of a criterion. Parts: entity, code.
INSERT INTO sampling.holds
SELECT 'criterion', m.criterion, c.person, count(*), NULL
FROM sampling.{entity} AS c
JOIN sampling.fits AS m ON m.entity = '{entity}' AND m.words = coalesce(c.{code}_term, c.{code}_text)
    AND m.code IS NOT DISTINCT FROM c.{code}
JOIN sampling.person AS p ON p.person = c.person
GROUP BY m.criterion, c.person
