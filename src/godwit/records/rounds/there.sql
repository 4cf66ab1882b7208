-- Which of them have their record in this run too. Parts: same (a condition).
SELECT DISTINCT b.before
FROM rounds.left AS b
JOIN rounds.record AS r ON r.entity = b.entity AND r.side = b.side AND coalesce(r.person, 0) = b.person AND {same}
