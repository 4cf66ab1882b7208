SELECT e.person, e.kind, e.file, e.record, e.code AS about
FROM profile.entry AS e
JOIN profile.code AS c ON c.code = e.code
WHERE c.wrong
