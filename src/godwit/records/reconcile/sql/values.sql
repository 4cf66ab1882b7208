-- Values by code and unit on either side, as far as both formats hold them: how many, their sum, least and most, and the
-- patients of the most common way to write it. Parts: unit (expression over c).
SELECT c.side, d.held AS code, coalesce({unit}, '') AS unit, sum(c.n) AS n, sum(c.total) AS total, min(c.least) AS least,
       max(c.most) AS most, max(c.patients) AS patients
FROM reconcile.tally AS c
JOIN reconcile.code AS d ON d.entity = 'observation' AND d.code = c.code
WHERE d.held IS NOT NULL AND c.n > 0
GROUP BY ALL
