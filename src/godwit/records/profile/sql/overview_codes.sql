-- The national codes most used. Words stand beside a code only if most of its entries have them.
SELECT c.shown AS code, mode(json_extract_string(e.term, '$[0]')) AS term, count(*) AS records,
    count(DISTINCT e.person) AS patients
FROM profile.entry AS e
JOIN profile.code AS c ON c.code = e.code
WHERE c.national AND NOT c.own
GROUP BY c.shown
ORDER BY records DESC, code
LIMIT 25
