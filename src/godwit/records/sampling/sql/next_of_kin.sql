SELECT person, 1 AS score FROM sampling.patient WHERE carer IS NOT NULL OR relations IS NOT NULL GROUP BY person
