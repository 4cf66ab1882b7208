SELECT person, max(entries) AS score
FROM (SELECT person, problem, count(*) AS entries FROM sampling.observation WHERE problem IS NOT NULL
      GROUP BY person, problem)
GROUP BY person
HAVING max(entries) >= 3
