SELECT person, count(DISTINCT start) AS score FROM sampling.registration GROUP BY person HAVING count(DISTINCT start) > 1
