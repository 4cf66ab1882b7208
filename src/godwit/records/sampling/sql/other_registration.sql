SELECT person, 1 AS score FROM sampling.person WHERE registration NOT IN ('regular', 'temporary')
