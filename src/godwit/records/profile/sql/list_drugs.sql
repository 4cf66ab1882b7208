-- Products without a dm+d code that registered patients have now, most used first.
SELECT array_to_string(from_json(a.drug_term, '["VARCHAR"]'), ', ') AS product,
    array_to_string(from_json(max(a.drug), '["VARCHAR"]'), ', ') AS code, count(*) AS records,
    count(DISTINCT a.person) AS patients
FROM canonical.medication_authorisation AS a
JOIN profile.person AS p ON p.person = a.person
LEFT JOIN profile.drug AS d ON d.drug = a.drug
WHERE a.status = 'active' AND p.status = 'active' AND NOT coalesce(d.dmd, false)
GROUP BY a.drug_term
ORDER BY patients DESC, product
LIMIT 20000
