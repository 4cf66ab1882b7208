SELECT person, count(*) AS score FROM sampling.allergy
WHERE code IS NULL OR gp_degraded(code) OR len(gp_codes(code)) = 0
GROUP BY person
