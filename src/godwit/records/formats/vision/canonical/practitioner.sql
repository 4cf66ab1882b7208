-- The staff list: one row per person in a role. The letters of HCP_TYPE have no published meaning and stay as they
-- are.
SELECT
    s.file, s.record, CAST(NULL AS VARCHAR) AS patient, s.ID AS key, 'vision.Staff|' || s.ID AS source_id,
    'role' AS kind,
    gp_person(s.TITLE, s.FORENAME, s.SURNAME) AS name,
    gp_listed(['gmp|' || s.GMP_CODE]) AS identifiers,
    s.SURNAME AS family, s.FORENAME AS given, s.TITLE AS title,
    coalesce(x.ours, lower(s.SEX)) AS sex,
    gp_extras(['HCP_TYPE'], [s.HCP_TYPE]) AS extras
FROM raw.Staff AS s
LEFT JOIN raw.value_sex AS x ON x.delivered = upper(s.SEX)
