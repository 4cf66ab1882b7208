-- Drugs: one row per drug CodeId with our codes and terms. A drug without a dm+d id is known by EMIS's own id alone.
WITH latest AS (
    SELECT *, row_number() OVER (PARTITION BY CodeId ORDER BY file DESC, record DESC) AS turn
    FROM raw.Coding_DrugCode
    WHERE CodeId IS NOT NULL
)
SELECT CodeId AS code_id, Term AS term,
    CASE WHEN DmdProductCodeId > 0
         THEN '["emis_drug|' || CodeId || '","snomed|' || DmdProductCodeId || '"]'
         ELSE '["emis_drug|' || CodeId || '"]' END AS codes,
    CASE WHEN Term IS NOT NULL THEN CAST(to_json([Term]) AS VARCHAR) END AS terms
FROM latest
WHERE turn = 1
