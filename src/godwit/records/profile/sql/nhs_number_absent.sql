SELECT person, kind, file, record, NULL AS about FROM profile.person WHERE nhs_number IS NULL AND status = 'active'
