-- Only the first given name counts: the others are often left out on one of the two records.
WITH named AS (
    SELECT *, gp_words(family) AS one, split_part(gp_words(given), ' ', 1) AS other, left(birth_date, 10) AS born
    FROM profile.person
    WHERE family IS NOT NULL AND given IS NOT NULL AND gp_is_moment(birth_date)
), twice AS (
    SELECT one, other, born, sex FROM named GROUP BY ALL HAVING count(*) > 1
)
SELECT n.person, n.kind, n.file, n.record, NULL AS about
FROM named AS n
JOIN twice AS t ON t.one = n.one AND t.other = n.other AND t.born = n.born AND t.sex IS NOT DISTINCT FROM n.sex
