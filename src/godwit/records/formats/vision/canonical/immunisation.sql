-- Vaccines given, refused or advised. A status that is not in the map is kept with the rest, and not taken for
-- "given".
SELECT
    j.file, j.record, j.PID AS patient, j.PID || ':' || j.ID AS key,
    'vision.Journal|' || j.PID || ':' || j.ID AS source_id,
    w.codes AS code, w.terms AS code_term,
    j.IMMS_COMPOUND AS vaccine_text,
    gp_or_odd(gp_vision_moment(j.DATE, j.TIME), j.odd, 'DATE') AS effective,
    gp_or_odd(j.RECORDED_DATE, j.odd, 'RECORDED_DATE') AS recorded,
    CASE WHEN j.IMMS_STATUS IS NULL THEN 'false' ELSE n.ours END AS not_given,
    j.IMMS_REASON AS reason_text,
    j.IMMS_BATCH AS batch,
    j.IMMS_SITE AS site_text,
    j.IMMS_METHOD AS route_text,
    j.TEXT AS text,
    staff.name AS performer, met.start AS consultation,
    gp_extras(['SNOMED_CODE', 'IMMS_STATUS', 'IMMS_SOURCE', 'ENTITY', 'VALUE1_NAME', 'VALUE1', 'VALUE1_UNITS',
               'VALUE2_NAME', 'VALUE2', 'VALUE2_UNITS', 'GMS', 'CONTEXT', 'EPISODE', 'CERTAINTY', 'SEVERITY',
               'BNF_CODE', 'DMD_CODE', 'DRUG_FORM', 'DRUG_STRENGTH', 'DRUG_PACKSIZE', 'END_DATE', 'LINKS_EXT',
               'DOCUMENT_ID', 'HCP'],
              [w.impossible, CASE WHEN n.ours IS DISTINCT FROM 'false' THEN j.IMMS_STATUS END, j.IMMS_SOURCE,
              j.ENTITY,
               j.VALUE1_NAME, j.VALUE1, j.VALUE1_UNITS, j.VALUE2_NAME, j.VALUE2, j.VALUE2_UNITS, j.GMS,
               nullif(j.CONTEXT, 'A'), j.EPISODE, j.CERTAINTY, j.SEVERITY, j.BNF_CODE, j.DMD_CODE, j.DRUG_FORM,
               j.DRUG_STRENGTH, j.DRUG_PACKSIZE, gp_or_odd(j.END_DATE, j.odd, 'END_DATE'), j.LINKS_EXT, j.DOCUMENT_ID,
               CASE WHEN staff.name IS NULL THEN j.HCP END]) AS extras,
    CASE WHEN w.original IS NOT NULL THEN json_object('code', w.original)::VARCHAR END AS original
FROM raw.Journal AS j
JOIN raw.word AS w ON w.CODE IS NOT DISTINCT FROM j.CODE AND w.SNOMED_CODE IS NOT DISTINCT FROM j.SNOMED_CODE
                  AND w.RUBRIC IS NOT DISTINCT FROM j.RUBRIC
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(j.HCP)
LEFT JOIN raw.met ON met.patient = j.PID AND met.id = gp_vision_encounter(j.LINKS)
LEFT JOIN raw.value_not_given AS n ON n.delivered = lower(j.IMMS_STATUS)
WHERE upper(j.ACTION) IS DISTINCT FROM 'D'
  AND gp_vision_kind(j.SUBSET, j.ENTITY, j.VALUE1, j.VALUE1_NAME, j.DOCUMENT_ID) = 'immunisation'
