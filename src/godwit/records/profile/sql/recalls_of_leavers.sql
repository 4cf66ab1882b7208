SELECT r.person, r.record_kind AS kind, r.file, r.record, coalesce(r.code_term, r.code_text, r.due) AS about
FROM canonical.recall AS r
JOIN profile.person AS p ON p.person = r.person
WHERE coalesce(r.status, 'active') = 'active' AND p.status IN ('left', 'dead')
