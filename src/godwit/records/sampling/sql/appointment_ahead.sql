SELECT a.person, count(*) AS score FROM sampling.appointment AS a CROSS JOIN sampling.day AS d
WHERE a.start > d.day || 'T24'
GROUP BY a.person
