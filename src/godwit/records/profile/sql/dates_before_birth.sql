-- Family history happened to others, and may have happened before.
SELECT e.person, e.kind, e.file, e.record, e.happened AS about
FROM profile.entry AS e
JOIN profile.person AS p ON p.person = e.person
WHERE gp_is_moment(e.happened) AND gp_is_moment(p.birth_date) AND coalesce(e.sort, '') <> 'family_history'
  AND left(e.happened, 10) < left(p.birth_date, length(left(e.happened, 10)))
  AND left(e.happened, 10) NOT IN ('1753-01-01', '1800-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1901-01-01')
