-- How often each code stands on either side, as far as both formats can hold it, with how many patients have it at least.
SELECT d.held AS code,
       sum(c.records) FILTER (WHERE c.side = 'source') AS in_source, sum(c.records) FILTER (WHERE c.side = 'target') AS in_target,
       max(c.patients) AS patients
FROM reconcile.tally AS c
JOIN reconcile.code AS d ON d.entity = 'observation' AND d.code = c.code
WHERE d.held IS NOT NULL
GROUP BY d.held
