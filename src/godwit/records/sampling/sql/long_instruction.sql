SELECT person, max(length(dosage)) AS score FROM sampling.medication_authorisation
WHERE person IS NOT NULL AND dosage IS NOT NULL
GROUP BY person
QUALIFY max(length(dosage)) = max(max(length(dosage))) OVER ()
