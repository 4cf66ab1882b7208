SELECT person, count(*) AS score FROM sampling.medication_authorisation WHERE type = 'repeat_dispensing' GROUP BY person
