SELECT person, records AS score FROM sampling.tally WHERE entity = 'referral'
