SELECT person, kind, file, record, death_date AS about FROM profile.person WHERE status = 'dead'
