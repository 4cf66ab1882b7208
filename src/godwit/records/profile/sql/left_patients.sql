SELECT person, kind, file, record, registered_until AS about FROM profile.person WHERE status = 'left'
