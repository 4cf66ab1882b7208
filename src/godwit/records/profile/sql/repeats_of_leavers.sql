SELECT person, kind, file, record, drug_term AS about FROM profile.repeat WHERE status IN ('left', 'dead')
