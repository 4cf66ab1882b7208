-- Entries and results; the row of a problem is also the entry that names it (part 1). Vaccines and allergies with a
-- weight, blood pressure or test result are kept here as delivered: no vaccine or allergy is made of a measurement.
SELECT
    j.file, j.record, CASE WHEN j.what = 'problem' THEN 1 ELSE 0 END AS part, j.PID AS patient,
    j.PID || ':' || j.ID AS key, 'vision.Journal|' || j.PID || ':' || j.ID AS source_id,
    w.kind, w.codes AS code, w.terms AS code_term,
    gp_or_odd(gp_vision_moment(j.DATE, j.TIME), j.odd, 'DATE') AS effective,
    gp_or_odd(j.RECORDED_DATE, j.odd, 'RECORDED_DATE') AS recorded,
    j.number AS value,
    CASE WHEN j.number IS NOT NULL THEN nullif(regexp_extract(j.worded, '^[<>]=?'), '') END AS comparator,
    CASE WHEN j.worded IS NOT NULL THEN coalesce(j.VALUE1_UNITS, u.ours) ELSE j.VALUE1_UNITS END AS unit,
    CASE WHEN j.number IS NULL THEN j.worded END AS value_text,
    j.TEXT AS text,
    coalesce(e.ours, lower(j.EPISODE)) AS episode,
    CASE WHEN j.what <> 'problem' THEN gp_or_odd(j.END_DATE, j.odd, 'END_DATE') END AS end_date,
    staff.name AS performer, met.start AS consultation, linked.words AS problem,
    gp_extras(
        ['SNOMED_CODE', 'ENTITY', 'VALUE1_NAME', 'VALUE1', 'VALUE2_NAME', 'VALUE2', 'VALUE2_UNITS', 'GMS', 'CONTEXT',
         'CERTAINTY', 'SEVERITY', 'BNF_CODE', 'DMD_CODE', 'DRUG_FORM', 'DRUG_STRENGTH', 'DRUG_PACKSIZE',
         'IMMS_STATUS',
         'IMMS_COMPOUND', 'IMMS_SOURCE', 'IMMS_BATCH', 'IMMS_REASON', 'IMMS_METHOD', 'IMMS_SITE', 'LINKS_EXT',
         'DOCUMENT_ID', 'SUBSET', 'HCP'],
        [w.impossible, j.ENTITY, nullif(upper(j.VALUE1_NAME), 'NUM_RESULT'),
        CASE WHEN j.worded IS NULL THEN j.VALUE1 END,
         j.VALUE2_NAME, j.VALUE2, j.VALUE2_UNITS, j.GMS, nullif(j.CONTEXT, 'A'), j.CERTAINTY, j.SEVERITY,
         j.BNF_CODE, j.DMD_CODE, j.DRUG_FORM, j.DRUG_STRENGTH,
         j.DRUG_PACKSIZE, j.IMMS_STATUS, j.IMMS_COMPOUND, j.IMMS_SOURCE, j.IMMS_BATCH, j.IMMS_REASON, j.IMMS_METHOD,
         j.IMMS_SITE, j.LINKS_EXT, j.DOCUMENT_ID, CASE WHEN upper(j.SUBSET) NOT IN ('C', 'T', 'P') THEN j.SUBSET END,
         CASE WHEN staff.name IS NULL THEN j.HCP END]) AS extras,
    CASE WHEN j.number <> j.VALUE1 AND w.original IS NOT NULL
         THEN json_object('code', w.original, 'value', j.VALUE1)::VARCHAR
         WHEN j.number <> j.VALUE1 THEN json_object('value', j.VALUE1)::VARCHAR
         WHEN w.original IS NOT NULL THEN json_object('code', w.original)::VARCHAR END AS original
FROM (SELECT *, gp_vision_kind(SUBSET, ENTITY, VALUE1, VALUE1_NAME, DOCUMENT_ID) AS what,
          CASE WHEN upper(VALUE1_NAME) IS DISTINCT FROM 'REVIEW_DAT' THEN VALUE1 END AS worded,
          gp_number(regexp_replace(worded, '^[<>]=?\s*', '')) AS number
      FROM raw.Journal WHERE upper(ACTION) IS DISTINCT FROM 'D') AS j
JOIN raw.word AS w ON w.CODE IS NOT DISTINCT FROM j.CODE AND w.SNOMED_CODE IS NOT DISTINCT FROM j.SNOMED_CODE
                  AND w.RUBRIC IS NOT DISTINCT FROM j.RUBRIC
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(j.HCP)
LEFT JOIN raw.met ON met.patient = j.PID AND met.id = gp_vision_encounter(j.LINKS)
LEFT JOIN raw.linked ON linked.file = j.file AND linked.record = j.record
LEFT JOIN raw.value_episode AS e ON e.delivered = upper(j.EPISODE)
LEFT JOIN raw.value_entity_unit AS u ON u.delivered = lower(j.ENTITY)
WHERE j.what IN ('entry', 'problem')
