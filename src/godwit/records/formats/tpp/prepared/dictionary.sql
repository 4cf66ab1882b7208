-- Terms of CTV3 codes, for records that deliver the code alone.
SELECT Ctv3Code AS code, min(Ctv3Text) AS term
FROM raw.SRCtv3
WHERE Ctv3Code IS NOT NULL
GROUP BY Ctv3Code
