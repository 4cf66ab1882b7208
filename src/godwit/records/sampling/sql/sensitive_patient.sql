SELECT person, 1 AS score FROM sampling.patient WHERE confidentiality IS NOT NULL GROUP BY person
