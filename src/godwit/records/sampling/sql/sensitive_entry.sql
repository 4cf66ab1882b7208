SELECT person, count(*) AS score FROM sampling.observation WHERE confidentiality IS NOT NULL GROUP BY person
