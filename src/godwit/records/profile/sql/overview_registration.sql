SELECT coalesce(registration, 'not said') AS kind, status, count(*) AS patients
FROM profile.person
GROUP BY ALL
ORDER BY patients DESC, kind, status
