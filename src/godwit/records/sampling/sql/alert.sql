SELECT person, count(*) AS score FROM sampling.observation WHERE kind = 'alert' GROUP BY person
