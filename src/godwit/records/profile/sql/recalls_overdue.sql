SELECT r.person, r.record_kind AS kind, r.file, r.record, coalesce(r.code_term, r.code_text, r.due) AS about
FROM canonical.recall AS r
CROSS JOIN profile.day
LEFT JOIN profile.person AS p ON p.person = r.person
WHERE coalesce(r.status, 'active') = 'active' AND gp_is_moment(r.due) AND left(r.due, 10) < day AND p.status = 'active'
