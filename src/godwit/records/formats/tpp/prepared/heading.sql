-- The entries that problems name, once each: several problems may name the same entry.
SELECT c.RowIdentifier AS id, c.CTV3Code, k.codes, k.terms,
    gp_padded(gp_or_odd(c.DateEvent, c.odd, 'DateEvent')) AS effective
FROM raw.SRCode AS c
JOIN raw.coded AS k ON k.ctv3 IS NOT DISTINCT FROM c.CTV3Code AND k.snomed IS NOT DISTINCT FROM c.SNOMEDCode
    AND k.ctv3_text IS NOT DISTINCT FROM c.CTV3Text AND k.snomed_text IS NOT DISTINCT FROM c.SNOMEDText
WHERE c.RowIdentifier IN (SELECT IDCode FROM raw.SRProblem) AND c.RemovedData IS NOT TRUE
QUALIFY row_number() OVER (PARTITION BY c.RowIdentifier ORDER BY c.file DESC, c.record DESC) = 1
