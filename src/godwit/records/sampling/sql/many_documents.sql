SELECT person, records AS score FROM sampling.tally
WHERE entity = 'document'
QUALIFY rank() OVER (ORDER BY records DESC) <= greatest(1, count(*) OVER () // 200)
