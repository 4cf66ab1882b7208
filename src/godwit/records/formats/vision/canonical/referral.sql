-- Referrals out. The file has no code, no urgency and no time of day. CONTRACTOR or UNIT names who it goes to.
SELECT
    r.file, r.record, r.PID AS patient, r.PID || ':' || r.ID AS key,
    'vision.Referral|' || r.PID || ':' || r.ID AS source_id,
    gp_or_odd(r.DATE, r.odd, 'DATE') AS authored,
    CASE WHEN regexp_full_match(r.CONTRACTOR, '[A-Z0-9]{3,8}') THEN r.CONTRACTOR
         ELSE gp_words(coalesce(r.CONTRACTOR, r.UNIT)) END AS recipient,
    staff.name AS performer, met.start AS consultation,
    gp_extras(['SPECIALTY', 'TYPE', 'TO_HCP', 'UNIT', 'CONTRACT', 'ACTION_DATE', 'LINKS', 'HCP'],
              [r.SPECIALTY, coalesce(t.ours, r.TYPE), r.TO_HCP, r.UNIT, r.CONTRACT,
               gp_or_odd(r.ACTION_DATE, r.odd, 'ACTION_DATE'),
               nullif(trim(regexp_replace(r.LINKS, '(^|\|)E[^|]*', '', 'g'), '|'), ''),
               CASE WHEN staff.name IS NULL THEN r.HCP END]) AS extras
FROM raw.Referral AS r
LEFT JOIN raw.person AS staff ON staff.id = gp_vision_staff(r.HCP)
LEFT JOIN raw.met ON met.patient = r.PID AND met.id = gp_vision_encounter(r.LINKS)
LEFT JOIN raw.value_referral_type AS t ON t.delivered = upper(r.TYPE)
WHERE upper(r.ACTION) IS DISTINCT FROM 'D'
