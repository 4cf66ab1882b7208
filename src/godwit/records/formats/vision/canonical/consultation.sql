-- One consultation each. TRAVEL is a column that Vision does not support; the links stand with the entries too.
SELECT
    e.file, e.record, e.PID AS patient, e.PID || ':' || e.ID AS key,
    'vision.Encounter|' || e.PID || ':' || e.ID AS source_id,
    gp_or_odd(gp_vision_moment(e.DATE, e.TIME), e.odd, 'DATE') AS start,
    gp_or_odd(e.DURATION, e.odd, 'DURATION') AS duration,
    staff.name AS performer,
    gp_extras(['SESSION', 'LOCATION', 'TRAVEL', 'HCP'],
              [coalesce(k.ours, e.SESSION), coalesce(l.ours, e.LOCATION), e.TRAVEL,
               CASE WHEN staff.name IS NULL THEN e.HCP END]) AS extras
FROM raw.Encounter AS e
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(e.HCP)
LEFT JOIN raw.value_session AS k ON k.delivered = upper(e.SESSION)
LEFT JOIN raw.value_place AS l ON l.delivered = upper(e.LOCATION)
WHERE upper(e.ACTION) IS DISTINCT FROM 'D'
