SELECT person, sum(partial) AS score FROM sampling.tally GROUP BY person HAVING sum(partial) > 0
