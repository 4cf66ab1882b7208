SELECT person, kind, file, record, NULL AS about FROM profile.person WHERE test_patient
