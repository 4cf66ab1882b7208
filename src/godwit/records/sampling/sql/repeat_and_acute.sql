SELECT person, least(count(*) FILTER (WHERE type = 'acute'), count(*) FILTER (WHERE type = 'repeat')) AS score
FROM sampling.medication_authorisation
GROUP BY person
HAVING score > 0
