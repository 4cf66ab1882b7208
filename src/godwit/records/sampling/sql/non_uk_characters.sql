SELECT person, max(length(regexp_replace(concat_ws(' ', family, given, address), '[\x20-\x7E’‘`]', '', 'g'))) AS score
FROM sampling.patient
GROUP BY person
HAVING score > 0
