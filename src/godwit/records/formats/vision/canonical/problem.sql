-- Problems. END_DATE is kept: it is what makes a problem past.
SELECT
    j.file, j.record, j.PID AS patient, j.PID || ':' || j.ID AS key,
    'vision.Journal|' || j.PID || ':' || j.ID AS source_id,
    w.codes AS code, w.terms AS code_term,
    CASE WHEN j.END_DATE IS NULL AND j.odd IS NULL THEN 'active' WHEN j.END_DATE IS NOT NULL THEN 'past' END AS status,
    gp_or_odd(gp_vision_moment(j.DATE, j.TIME), j.odd, 'DATE') AS onset,
    gp_or_odd(j.END_DATE, j.odd, 'END_DATE') AS end_date,
    gp_or_odd(j.RECORDED_DATE, j.odd, 'RECORDED_DATE') AS recorded,
    staff.name AS performer, met.start AS consultation,
    CASE WHEN w.original IS NOT NULL THEN json_object('code', w.original)::VARCHAR END AS original
FROM raw.Journal AS j
JOIN raw.word AS w ON w.CODE IS NOT DISTINCT FROM j.CODE AND w.SNOMED_CODE IS NOT DISTINCT FROM j.SNOMED_CODE
                  AND w.RUBRIC IS NOT DISTINCT FROM j.RUBRIC
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(j.HCP)
LEFT JOIN raw.met ON met.patient = j.PID AND met.id = gp_vision_encounter(j.LINKS)
WHERE upper(j.ACTION) IS DISTINCT FROM 'D' AND upper(j.SUBSET) = 'P'
