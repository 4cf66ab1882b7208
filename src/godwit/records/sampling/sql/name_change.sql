SELECT person, count(*) AS score FROM sampling.patient WHERE other_names IS NOT NULL GROUP BY person
