SELECT e.person, e.kind, e.file, e.record, c.shown AS about
FROM profile.entry AS e
JOIN profile.code AS c ON c.code = e.code
WHERE c.national AND NOT c.snomed AND NOT c.wrong AND e.entity <> 'allergy'
