-- Staff who left: every role of theirs has ended.
SELECT gp_words(name) AS name
FROM canonical.practitioner
WHERE name IS NOT NULL
GROUP BY ALL
HAVING count(*) = count(*) FILTER (WHERE gp_is_moment(end_date) AND left(end_date, 10) < (SELECT day FROM profile.day))
