-- The practices of a delivery. Rows name their practice by SERVICE_ID; where only one practice is described it is
-- that one.
SELECT s.practice, p.ods, p.name
FROM (SELECT DISTINCT SERVICE_ID AS practice FROM raw.Patient WHERE SERVICE_ID IS NOT NULL) AS s
LEFT JOIN (SELECT ID AS id, min(IDENTIFIER) AS ods, min(NAME) AS name, count(*) OVER () AS described
           FROM raw.Practice GROUP BY ID) AS p ON p.id = s.practice OR p.described = 1
