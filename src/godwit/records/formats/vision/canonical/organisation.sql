-- The practice itself.
SELECT
    p.file, p.record, CAST(NULL AS VARCHAR) AS patient, p.ID AS key, 'vision.Practice|' || p.ID AS source_id,
    'organisation' AS kind,
    p.IDENTIFIER AS ods_code,
    p.NAME AS name,
    gp_line(list_append(CASE WHEN coalesce(p.ADDRESS_1, p.ADDRESS_2, p.ADDRESS_3, p.ADDRESS_4, p.ADDRESS_5) IS NULL
                             THEN string_split(p.ADDRESS, '|')
                             ELSE [p.ADDRESS_1, p.ADDRESS_2, p.ADDRESS_3, p.ADDRESS_4, p.ADDRESS_5] END,
                        p.POSTCODE)) AS address,
    gp_extras(['HA', 'PHONE', 'EMAIL', 'FAX'], [p.HA, p.PHONE, p.EMAIL, p.FAX]) AS extras
FROM raw.Practice AS p
