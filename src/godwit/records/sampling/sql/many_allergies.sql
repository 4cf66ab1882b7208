SELECT person, records AS score FROM sampling.tally WHERE entity = 'allergy' AND records >= 3
