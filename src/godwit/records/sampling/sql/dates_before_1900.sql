SELECT person, count(*) AS score FROM sampling.tally WHERE first < '1900' GROUP BY person
