SELECT i.person, i.record_kind AS kind, i.file, i.record, coalesce(i.drug_term, i.drug) AS about
FROM canonical.medication_issue AS i
LEFT JOIN profile.drug AS d ON d.drug = i.drug
WHERE NOT coalesce(d.dmd, false)
