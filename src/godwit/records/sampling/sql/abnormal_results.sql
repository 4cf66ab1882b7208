SELECT person, count(*) AS score FROM sampling.observation WHERE abnormal = 'true' GROUP BY person
