-- Clinical codes: one row per CodeId, with our codes and terms and the kind of entry the code makes of a row.
-- The dictionary is sent whole with every delivery, so rows repeat: the last counts.
-- A ReadTermId is a Read code of up to five characters, with or without the suffix of a synonym, or else a local code.
WITH latest AS (
    SELECT *, row_number() OVER (PARTITION BY CodeId ORDER BY file DESC, record DESC) AS turn
    FROM raw.Coding_ClinicalCode
    WHERE CodeId IS NOT NULL
), parted AS (
    SELECT *,
        CASE WHEN regexp_matches(ReadTermId, '^\^?(EMISNQ|ESCT|KC60|SHHAPT)') THEN NULL
             ELSE nullif(regexp_extract(ReadTermId, '^([0-9A-Za-z][0-9A-Za-z.]{0,4})(-[0-9A-Za-z]{1,2})?$', 1), '')
        END AS read_code
    FROM latest
    WHERE turn = 1
)
SELECT p.CodeId AS code_id, p.Term AS term, gp_agent(p.Term) AS agent,
    CAST(to_json(list_sort(list_filter([
        'emis|' || p.CodeId,
        CASE WHEN p.SnomedCTConceptId > 0 THEN 'snomed|' || p.SnomedCTConceptId END,
        'read2|' || rpad(p.read_code, 5, '.'),
        CASE WHEN p.read_code IS NULL THEN 'emis_local|' || p.ReadTermId END
    ], lambda code: code IS NOT NULL))) AS VARCHAR) AS codes,
    CASE WHEN p.Term IS NOT NULL THEN CAST(to_json([p.Term]) AS VARCHAR) END AS terms,
    p.EmisCodeCategoryDescription AS category, coalesce(c.ours, 'entry') AS kind
FROM parted AS p
LEFT JOIN raw.value_code_category AS c ON c.delivered = p.EmisCodeCategoryDescription
