SELECT person, records AS score
FROM (SELECT person, sum(records) AS records FROM sampling.tally GROUP BY person)
QUALIFY rank() OVER (ORDER BY records DESC) <= greatest(1, count(*) OVER () // 200)
