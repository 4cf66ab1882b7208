SELECT p.person, p.record_kind AS kind, p.file, p.record, coalesce(p.code_term, p.code) AS about
FROM canonical.problem AS p
LEFT JOIN profile.code AS c ON c.code = p.code
WHERE p.status = 'active' AND NOT coalesce(c.national, false)
