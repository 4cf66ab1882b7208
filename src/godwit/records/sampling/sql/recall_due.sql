SELECT r.person, count(*) AS score FROM sampling.recall AS r CROSS JOIN sampling.day AS d
WHERE r.due >= d.day
GROUP BY r.person
