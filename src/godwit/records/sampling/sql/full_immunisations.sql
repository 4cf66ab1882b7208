-- Children of two years and more with most doses; ten or more stand for a full course.
SELECT t.person, t.records AS score
FROM sampling.tally AS t
JOIN sampling.person AS p ON p.person = t.person
CROSS JOIN sampling.day AS d
WHERE t.entity = 'immunisation' AND t.records >= 10 AND p.birth_date > d.birth_of_18
