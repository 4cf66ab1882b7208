-- The codes of entries, once each: our codes and terms, the words for the agent of an allergy, and the kind of entry.
-- Layouts without a SNOMED CT column are helped by the supplier's own map where it has one answer only.
WITH mapped AS (
    SELECT Ctv3Code AS ctv3, min(SnomedCode) AS snomed
    FROM raw.SRCtv3ToSnomed GROUP BY Ctv3Code HAVING count(DISTINCT SnomedCode) = 1
)
SELECT c.CTV3Code AS ctv3, c.SNOMEDCode AS snomed, c.CTV3Text AS ctv3_text, c.SNOMEDText AS snomed_text,
    gp_tpp_codes(c.CTV3Code, coalesce(c.SNOMEDCode, m.snomed)) AS codes,
    gp_listed(list_distinct([c.CTV3Text, c.SNOMEDText])) AS terms,
    coalesce(c.CTV3Text, c.SNOMEDText) AS term,
    CASE WHEN gp_tpp_snomed(c.SNOMEDCode) IS NULL THEN nullif(c.SNOMEDCode, '-1') END AS impossible,
    coalesce(b.kind, 'entry') AS kind
FROM (SELECT DISTINCT CTV3Code, SNOMEDCode, CTV3Text, SNOMEDText FROM raw.SRCode) AS c
LEFT JOIN mapped AS m ON m.ctv3 = c.CTV3Code
LEFT JOIN raw.branch AS b ON b.code = c.CTV3Code
