-- Of patients who are registered: repeats, and acute medicines that have not ended.
SELECT a.person, a.record_kind AS kind, a.file, a.record, coalesce(a.drug_term, a.drug) AS about
FROM canonical.medication_authorisation AS a
JOIN profile.person AS p ON p.person = a.person
LEFT JOIN profile.drug AS d ON d.drug = a.drug
WHERE a.status = 'active' AND p.status = 'active' AND NOT coalesce(d.dmd, false)
