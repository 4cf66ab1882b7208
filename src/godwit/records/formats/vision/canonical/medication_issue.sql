-- What was issued. Vision does not link the issue of a repeat to its repeat, so no authorisation is given.
SELECT
    j.file, j.record, j.PID AS patient, j.PID || ':' || j.ID AS key,
    'vision.Journal|' || j.PID || ':' || j.ID AS source_id,
    d.codes AS drug, d.terms AS drug_term,
    CASE WHEN upper(j.SUBSET) = 'A' THEN 'acute' ELSE 'repeat' END AS type,
    j.TEXT AS dosage,
    coalesce(gp_number(j.VALUE1), 'unreadable:' || j.VALUE1) AS quantity,
    coalesce(j.VALUE1_UNITS, j.DRUG_FORM) AS quantity_unit,
    gp_or_odd(gp_vision_moment(j.DATE, j.TIME), j.odd, 'DATE') AS start,
    gp_or_odd(j.RECORDED_DATE, j.odd, 'RECORDED_DATE') AS recorded,
    staff.name AS performer, met.start AS consultation,
    CASE WHEN upper(j.SUBSET) = 'S' THEN
    gp_extras(['DMD_CODE', 'SNOMED_CODE', 'BNF_CODE', 'DRUG_FORM', 'DRUG_STRENGTH', 'DRUG_PACKSIZE', 'ENTITY',
               'VALUE1_NAME', 'VALUE2_NAME', 'VALUE2', 'VALUE2_UNITS', 'GMS', 'CONTEXT', 'EPISODE', 'CERTAINTY',
               'SEVERITY',
               'LINKS_EXT', 'DOCUMENT_ID', 'HCP'],
              [d.impossible, j.SNOMED_CODE, j.BNF_CODE, j.DRUG_FORM, j.DRUG_STRENGTH, j.DRUG_PACKSIZE, j.ENTITY,
               nullif(upper(j.VALUE1_NAME), 'QUANTITY'), j.VALUE2_NAME, j.VALUE2, j.VALUE2_UNITS, j.GMS,
               nullif(j.CONTEXT, 'A'), j.EPISODE, j.CERTAINTY, j.SEVERITY, j.LINKS_EXT, j.DOCUMENT_ID,
               CASE WHEN staff.name IS NULL THEN j.HCP END]) END AS extras,
    d.original
FROM raw.Journal AS j
JOIN raw.product AS d ON d.CODE IS NOT DISTINCT FROM j.CODE AND d.DMD_CODE IS NOT DISTINCT FROM j.DMD_CODE
                     AND d.RUBRIC IS NOT DISTINCT FROM j.RUBRIC
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(j.HCP)
LEFT JOIN raw.met ON met.patient = j.PID AND met.id = gp_vision_encounter(j.LINKS)
WHERE upper(j.ACTION) IS DISTINCT FROM 'D' AND upper(j.SUBSET) IN ('A', 'S')
