-- One patient each. The address stands twice: ADDRESS is its five lines joined by pipes.
SELECT
    p.file, p.record, p.PID AS patient, p.PID AS key, 'vision.Patient|' || p.PID AS source_id,
    nullif(replace(p.NHS_NUMBER, ' ', ''), '') AS nhs_number,
    p.SURNAME AS family,
    p.FORENAME AS given,
    p.TITLE AS title,
    gp_or_odd(p.DATE_OF_BIRTH, p.odd, 'DATE_OF_BIRTH') AS birth_date,
    gp_or_odd(p.DATE_OF_DEATH, p.odd, 'DATE_OF_DEATH') AS death_date,
    coalesce(x.ours, lower(p.SEX)) AS sex,
    CASE WHEN a.ours IS NOT NULL THEN CAST(a.ours = 'active' AS VARCHAR) END AS active,
    gp_line(list_append(CASE WHEN coalesce(p.ADDRESS_1, p.ADDRESS_2, p.ADDRESS_3, p.ADDRESS_4, p.ADDRESS_5) IS NULL
                             THEN string_split(p.ADDRESS, '|')
                             ELSE [p.ADDRESS_1, p.ADDRESS_2, p.ADDRESS_3, p.ADDRESS_4, p.ADDRESS_5] END,
                        p.POSTCODE)) AS address,
    p.POSTCODE AS postcode,
    p.PHONE_NUMBER AS home_phone,
    p.MOBILE_NUMBER AS mobile_phone,
    p.EMAIL AS email,
    gp_listed(['read2|' || gp_read2(p.ETHNIC)]) AS ethnicity,
    coalesce(u.name, r.name) AS usual_gp,
    gp_extras(['REFERENCE', 'MARITAL_STATUS', 'HA', 'PCG', 'SURGERY', 'MILEAGE', 'DISPENSING', 'ETHNIC', 'PRACTICE',
               'PRACT_NUMBER', 'ACTIVE'],
              [p.REFERENCE, coalesce(m.ours, p.MARITAL_STATUS), p.HA, p.PCG, p.SURGERY, p.MILEAGE, p.DISPENSING,
               CASE WHEN gp_read2(p.ETHNIC) IS NULL THEN p.ETHNIC END, p.PRACTICE, p.PRACT_NUMBER,
               CASE WHEN a.ours IS NULL THEN p.ACTIVE END]) AS extras
FROM raw.Patient AS p
LEFT JOIN raw.value_sex AS x ON x.delivered = upper(p.SEX)
LEFT JOIN raw.value_registration_status AS a ON a.delivered = upper(p.ACTIVE)
LEFT JOIN raw.value_marital AS m ON m.delivered = upper(p.MARITAL_STATUS)
LEFT JOIN raw.person AS u ON u.id = gp_vision_staff(p.GP_USUAL)
LEFT JOIN raw.person AS r ON r.id = gp_vision_staff(p.GP)
WHERE upper(p.ACTION) IS DISTINCT FROM 'D'
