SELECT person, count(*) AS score FROM sampling.observation WHERE comparator IS NOT NULL GROUP BY person
