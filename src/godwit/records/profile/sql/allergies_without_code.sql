-- A Multilex number is the code of a product that every drug dictionary knows.
SELECT a.person, a.record_kind AS kind, a.file, a.record, coalesce(a.code_term, a.agent, a.text) AS about
FROM canonical.allergy AS a
LEFT JOIN profile.code AS c ON c.code = a.code
LEFT JOIN profile.person AS p ON p.person = a.person
WHERE NOT coalesce(c.national, false) AND a.value_code IS NULL
  AND NOT coalesce(contains(a.code, '"multilex|'), false)
  AND p.status IS DISTINCT FROM 'left' AND p.status IS DISTINCT FROM 'dead'
