-- Allergies and intolerances. Certainty and severity are SNOMED CT ids; an id that is not in the map is kept as it
-- is.
SELECT
    j.file, j.record, j.PID AS patient, j.PID || ':' || j.ID AS key,
    'vision.Journal|' || j.PID || ':' || j.ID AS source_id,
    w.codes AS code, w.terms AS code_term,
    w.agent,
    CASE WHEN j.DMD_CODE IS NOT NULL THEN 'drug' ELSE b.ours END AS category,
    gp_or_odd(gp_vision_moment(j.DATE, j.TIME), j.odd, 'DATE') AS onset,
    gp_or_odd(j.END_DATE, j.odd, 'END_DATE') AS end_date,
    gp_or_odd(j.RECORDED_DATE, j.odd, 'RECORDED_DATE') AS recorded,
    CASE WHEN gp_is_sctid(j.DMD_CODE) THEN gp_listed(['snomed|' || j.DMD_CODE]) END AS value_code,
    coalesce(c.ours, j.CERTAINTY) AS verification,
    coalesce(s.ours, j.SEVERITY) AS severity,
    j.TEXT AS text,
    staff.name AS performer, met.start AS consultation,
    gp_extras(['SNOMED_CODE', 'ENTITY', 'VALUE1_NAME', 'VALUE1', 'VALUE1_UNITS', 'VALUE2_NAME', 'VALUE2',
               'VALUE2_UNITS', 'GMS', 'CONTEXT', 'EPISODE', 'BNF_CODE', 'DMD_CODE', 'DRUG_FORM', 'DRUG_STRENGTH',
               'DRUG_PACKSIZE',
               'LINKS_EXT', 'DOCUMENT_ID', 'HCP'],
              [w.impossible, j.ENTITY, j.VALUE1_NAME, j.VALUE1, j.VALUE1_UNITS, j.VALUE2_NAME, j.VALUE2,
              j.VALUE2_UNITS,
               j.GMS, nullif(j.CONTEXT, 'A'), j.EPISODE, j.BNF_CODE,
               CASE WHEN NOT gp_is_sctid(j.DMD_CODE) THEN j.DMD_CODE END, j.DRUG_FORM, j.DRUG_STRENGTH,
               j.DRUG_PACKSIZE,
               j.LINKS_EXT, j.DOCUMENT_ID, CASE WHEN staff.name IS NULL THEN j.HCP END]) AS extras,
    CASE WHEN w.original IS NOT NULL THEN json_object('code', w.original)::VARCHAR END AS original
FROM raw.Journal AS j
JOIN raw.word AS w ON w.CODE IS NOT DISTINCT FROM j.CODE AND w.SNOMED_CODE IS NOT DISTINCT FROM j.SNOMED_CODE
                  AND w.RUBRIC IS NOT DISTINCT FROM j.RUBRIC
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(j.HCP)
LEFT JOIN raw.met ON met.patient = j.PID AND met.id = gp_vision_encounter(j.LINKS)
LEFT JOIN raw.value_allergy_branch AS b ON b.delivered = left(j.CODE, 3)
LEFT JOIN raw.value_certainty AS c ON c.delivered = j.CERTAINTY
LEFT JOIN raw.value_severity AS s ON s.delivered = j.SEVERITY
WHERE upper(j.ACTION) IS DISTINCT FROM 'D'
  AND gp_vision_kind(j.SUBSET, j.ENTITY, j.VALUE1, j.VALUE1_NAME, j.DOCUMENT_ID) = 'allergy'
