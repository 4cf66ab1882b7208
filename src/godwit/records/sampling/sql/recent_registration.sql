SELECT p.person, 1 AS score FROM sampling.person AS p CROSS JOIN sampling.day AS d
WHERE p.status = 'active' AND p.registered_from BETWEEN d.quarter_before AND d.day
