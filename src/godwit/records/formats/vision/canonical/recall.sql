-- An entry whose value is a review date is a recall due on that day.
SELECT
    j.file, j.record, j.PID AS patient, j.PID || ':' || j.ID AS key,
    'vision.Journal|' || j.PID || ':' || j.ID AS source_id,
    w.codes AS code, w.terms AS code_term,
    coalesce(gp_day_vision(j.VALUE1), 'unreadable:' || j.VALUE1) AS due,
    gp_or_odd(gp_vision_moment(j.DATE, j.TIME), j.odd, 'DATE') AS authored,
    j.TEXT AS text,
    staff.name AS performer, met.start AS consultation,
    gp_extras(['SNOMED_CODE', 'ENTITY', 'VALUE1_UNITS', 'VALUE2_NAME', 'VALUE2', 'VALUE2_UNITS', 'GMS', 'CONTEXT',
               'EPISODE', 'CERTAINTY', 'SEVERITY', 'BNF_CODE', 'DMD_CODE', 'DRUG_FORM', 'DRUG_STRENGTH',
               'DRUG_PACKSIZE',
               'IMMS_STATUS', 'IMMS_COMPOUND', 'IMMS_SOURCE', 'IMMS_BATCH', 'IMMS_REASON', 'IMMS_METHOD', 'IMMS_SITE',
               'END_DATE', 'LINKS_EXT', 'SUBSET', 'HCP'],
              [w.impossible, j.ENTITY, j.VALUE1_UNITS, j.VALUE2_NAME, j.VALUE2, j.VALUE2_UNITS, j.GMS,
               nullif(j.CONTEXT, 'A'), j.EPISODE, j.CERTAINTY, j.SEVERITY, j.BNF_CODE, j.DMD_CODE, j.DRUG_FORM,
               j.DRUG_STRENGTH, j.DRUG_PACKSIZE, j.IMMS_STATUS, j.IMMS_COMPOUND, j.IMMS_SOURCE, j.IMMS_BATCH,
               j.IMMS_REASON, j.IMMS_METHOD, j.IMMS_SITE, gp_or_odd(j.END_DATE, j.odd, 'END_DATE'), j.LINKS_EXT,
               CASE WHEN upper(j.SUBSET) NOT IN ('C', 'T') THEN j.SUBSET END,
               CASE WHEN staff.name IS NULL THEN j.HCP END]) AS extras,
    CASE WHEN w.original IS NOT NULL THEN json_object('code', w.original)::VARCHAR END AS original
FROM raw.Journal AS j
JOIN raw.word AS w ON w.CODE IS NOT DISTINCT FROM j.CODE AND w.SNOMED_CODE IS NOT DISTINCT FROM j.SNOMED_CODE
                  AND w.RUBRIC IS NOT DISTINCT FROM j.RUBRIC
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(j.HCP)
LEFT JOIN raw.met ON met.patient = j.PID AND met.id = gp_vision_encounter(j.LINKS)
WHERE upper(j.ACTION) IS DISTINCT FROM 'D'
  AND gp_vision_kind(j.SUBSET, j.ENTITY, j.VALUE1, j.VALUE1_NAME, j.DOCUMENT_ID) = 'recall'
