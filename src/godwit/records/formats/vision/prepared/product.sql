-- The drugs of the journal: one row for each that was met. DMD_CODE is a SNOMED CT id of the drug dictionary.
SELECT CODE, DMD_CODE, RUBRIC,
    gp_listed([CASE WHEN gp_is_sctid(DMD_CODE) THEN 'snomed|' || DMD_CODE END,
               coalesce('read2|' || gp_read2(CODE), 'vision_local|' || CODE)]) AS codes,
    gp_listed([RUBRIC]) AS terms,
    CASE WHEN CODE <> gp_read2(CODE) THEN json_object('drug', CODE)::VARCHAR END AS original,
    CASE WHEN NOT gp_is_sctid(DMD_CODE) THEN DMD_CODE END AS impossible
FROM (SELECT DISTINCT CODE, DMD_CODE, RUBRIC FROM raw.Journal WHERE upper(SUBSET) IN ('A', 'R', 'S'))
