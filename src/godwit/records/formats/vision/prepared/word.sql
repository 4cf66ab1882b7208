-- The codes of the journal: one row for each that was met. An impossible SNOMED CT id and a code that is no Read
-- code are
-- kept and not taken for what they are not. Read codes come with two characters of the term, which say which term.
SELECT CODE, SNOMED_CODE, RUBRIC,
    gp_listed([CASE WHEN gp_is_sctid(SNOMED_CODE) THEN 'snomed|' || SNOMED_CODE END,
               coalesce('read2|' || gp_read2(CODE), 'vision_local|' || CODE)]) AS codes,
    gp_listed([RUBRIC]) AS terms,
    gp_agent(RUBRIC) AS agent,
    CASE WHEN starts_with(gp_read2(CODE), '12') THEN 'family_history' ELSE 'entry' END AS kind,
    CASE WHEN CODE <> gp_read2(CODE) THEN CODE END AS original,
    CASE WHEN NOT gp_is_sctid(SNOMED_CODE) THEN SNOMED_CODE END AS impossible
FROM (SELECT DISTINCT CODE, SNOMED_CODE, RUBRIC FROM raw.Journal
      WHERE coalesce(upper(SUBSET), '') NOT IN ('A', 'R', 'S'))
