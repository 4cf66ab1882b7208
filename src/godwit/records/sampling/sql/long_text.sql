SELECT person, max(length(text)) AS score FROM sampling.observation
WHERE person IS NOT NULL AND text IS NOT NULL
GROUP BY person
QUALIFY max(length(text)) = max(max(length(text))) OVER ()
