SELECT person, count(DISTINCT coalesce(type_term, type_text, content_type)) AS score FROM sampling.document
GROUP BY person
HAVING count(DISTINCT coalesce(type_term, type_text, content_type)) >= 3
