WITH degraded AS (
    SELECT code FROM sampling.code WHERE gp_degraded(code)
)
SELECT o.person, count(*) AS score FROM sampling.observation AS o JOIN degraded AS d ON d.code = o.code GROUP BY o.person
