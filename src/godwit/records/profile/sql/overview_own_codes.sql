SELECT count(DISTINCT e.code), count(*), count(DISTINCT e.person)
FROM profile.entry AS e
JOIN profile.code AS c ON c.code = e.code
WHERE c.own
