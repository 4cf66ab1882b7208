-- The registration told on the patient's row. ACTIVE says what kind it is only while it lasts.
SELECT
    p.file, p.record, 1 AS part, p.PID AS patient, p.PID AS key, 'vision.Patient|' || p.PID AS source_id,
    k.ours AS kind,
    coalesce(s.ours, lower(p.ACTIVE)) AS status,
    gp_or_odd(p.REGISTERED_DATE, p.odd, 'REGISTERED_DATE') AS start,
    gp_or_odd(p.REMOVED_DATE, p.odd, 'REMOVED_DATE') AS end_date
FROM raw.Patient AS p
LEFT JOIN raw.value_registration AS k ON k.delivered = upper(p.ACTIVE)
LEFT JOIN raw.value_registration_status AS s ON s.delivered = upper(p.ACTIVE)
WHERE upper(p.ACTION) IS DISTINCT FROM 'D'
