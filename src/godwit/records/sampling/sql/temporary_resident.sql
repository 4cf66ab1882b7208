SELECT person, 1 AS score FROM sampling.person WHERE registration = 'temporary'
