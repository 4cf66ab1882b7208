-- Registered patients by five years of age and sex; a year too many before this year's birthday does no harm here.
WITH aged AS (
    SELECT sex, least(greatest((CAST(left(day, 4) AS BIGINT) - CAST(left(birth_date, 4) AS BIGINT)
        - CASE WHEN substr(birth_date, 6, 5) > substr(day, 6, 5) THEN 1 ELSE 0 END) // 5, 0), 18) AS band
    FROM profile.person, profile.day
    WHERE status = 'active' AND gp_is_moment(birth_date)
)
SELECT CASE WHEN b.band = 18 THEN '90 and over' ELSE b.band * 5 || ' to ' || (b.band * 5 + 4) END AS band,
    count(a.band) FILTER (WHERE a.sex = 'female') AS female, count(a.band) FILTER (WHERE a.sex = 'male') AS male,
    count(a.band) FILTER (WHERE a.sex IS NULL OR a.sex NOT IN ('female', 'male')) AS other
FROM range(0, 19) AS b(band)
LEFT JOIN aged AS a ON a.band = b.band
GROUP BY b.band
ORDER BY b.band
