-- Documents by reference: DOCUMENT_ID is pipe-separated, and its second part names the file, which is not delivered.
SELECT
    j.file, j.record, j.PID AS patient, j.PID || ':' || j.ID AS key,
    'vision.Journal|' || j.PID || ':' || j.ID AS source_id,
    w.codes AS type, w.terms AS type_term,
    j.TEXT AS title,
    coalesce(CAST(TRY_CAST(coalesce(nullif(split_part(j.DOCUMENT_ID, '|', 2), ''), j.DOCUMENT_ID) AS UUID) AS VARCHAR),
             lower(coalesce(nullif(split_part(j.DOCUMENT_ID, '|', 2), ''), j.DOCUMENT_ID))) AS path,
    gp_or_odd(gp_vision_moment(j.DATE, j.TIME), j.odd, 'DATE') AS created,
    gp_or_odd(j.RECORDED_DATE, j.odd, 'RECORDED_DATE') AS recorded,
    staff.name AS performer, met.start AS consultation,
    gp_extras(['SNOMED_CODE', 'ENTITY', 'VALUE1_UNITS', 'VALUE2_NAME', 'VALUE2', 'VALUE2_UNITS', 'GMS', 'CONTEXT',
               'EPISODE', 'CERTAINTY', 'SEVERITY', 'BNF_CODE', 'DMD_CODE', 'DRUG_FORM', 'DRUG_STRENGTH',
               'DRUG_PACKSIZE',
               'IMMS_STATUS', 'IMMS_COMPOUND', 'IMMS_SOURCE', 'IMMS_BATCH', 'IMMS_REASON', 'IMMS_METHOD', 'IMMS_SITE',
               'END_DATE', 'LINKS_EXT', 'SUBSET', 'HCP', 'VALUE1_NAME', 'VALUE1'],
              [w.impossible, j.ENTITY, j.VALUE1_UNITS, j.VALUE2_NAME, j.VALUE2, j.VALUE2_UNITS, j.GMS,
               nullif(j.CONTEXT, 'A'), j.EPISODE, j.CERTAINTY, j.SEVERITY, j.BNF_CODE, j.DMD_CODE, j.DRUG_FORM,
               j.DRUG_STRENGTH, j.DRUG_PACKSIZE, j.IMMS_STATUS, j.IMMS_COMPOUND, j.IMMS_SOURCE, j.IMMS_BATCH,
               j.IMMS_REASON, j.IMMS_METHOD, j.IMMS_SITE, gp_or_odd(j.END_DATE, j.odd, 'END_DATE'), j.LINKS_EXT,
               CASE WHEN upper(j.SUBSET) NOT IN ('C', 'T') THEN j.SUBSET END,
               CASE WHEN staff.name IS NULL THEN j.HCP END, j.VALUE1_NAME, j.VALUE1]) AS extras,
    CASE WHEN w.original IS NOT NULL THEN json_object('type', w.original)::VARCHAR END AS original
FROM raw.Journal AS j
JOIN raw.word AS w ON w.CODE IS NOT DISTINCT FROM j.CODE AND w.SNOMED_CODE IS NOT DISTINCT FROM j.SNOMED_CODE
                  AND w.RUBRIC IS NOT DISTINCT FROM j.RUBRIC
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(j.HCP)
LEFT JOIN raw.met ON met.patient = j.PID AND met.id = gp_vision_encounter(j.LINKS)
WHERE upper(j.ACTION) IS DISTINCT FROM 'D'
  AND gp_vision_kind(j.SUBSET, j.ENTITY, j.VALUE1, j.VALUE1_NAME, j.DOCUMENT_ID) = 'document'
