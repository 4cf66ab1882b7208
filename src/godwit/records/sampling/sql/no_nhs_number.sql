SELECT person, 1 AS score FROM sampling.person WHERE nhs_number IS NULL
