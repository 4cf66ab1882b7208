SELECT person, count(*) AS score FROM sampling.allergy
WHERE code IS NOT NULL AND NOT gp_degraded(code) AND len(gp_codes(code)) > 0
GROUP BY person
