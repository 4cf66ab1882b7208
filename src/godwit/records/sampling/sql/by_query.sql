-- Patients that the query of a criterion found. Parts: criterion, found.
INSERT INTO sampling.holds BY NAME
SELECT 'criterion' AS route, '{criterion}' AS kind, f.*
FROM (
{found}
) AS f
JOIN sampling.person AS p ON p.person = f.person
