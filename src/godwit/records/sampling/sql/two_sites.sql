SELECT person, count(DISTINCT location) AS score FROM sampling.consultation GROUP BY person
HAVING count(DISTINCT location) > 1
