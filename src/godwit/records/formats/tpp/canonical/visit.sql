-- Home visits: asked for one day (DateRequested), booked on another. Visits without a patient are set aside.
SELECT v.file, v.record, CAST(v.IDPatient AS VARCHAR) AS patient,
    'SRVisit|' || coalesce(CAST(v.RowIdentifier AS VARCHAR),
        'row ' || v.file || '.' || v.record) AS key,
    'tpp.SRVisit|' || v.RowIdentifier AS source_id,
    gp_padded(gp_or_odd(coalesce(v.DateRequested, v.DateBooked), v.odd, 'DateRequested')) AS start,
    CAST(nullif(v.Duration, -1) AS VARCHAR) AS duration,
    coalesce(s.ours, gp_words(coalesce(w.words, v.CurrentStatus))) AS status,
    gp_padded(gp_or_odd(v.DateBooked, v.odd, 'DateBooked')) AS booked,
    'Home visit' AS type_text, n.words AS reason, p.name AS performer, v.IDOrganisation AS organisation,
    gp_extras(['CurrentStatus', 'FollowUpDetails', 'DateEventRecorded', 'IDProfileRequested',
               'IDProfileEnteredBy', 'IDReferralIn', 'OtherOrganisation', 'more', 'odd'],
              [CASE WHEN s.ours IS NOT NULL THEN coalesce(w.words, v.CurrentStatus) END,
               coalesce(f.words, nullif(v.FollowUpDetails, '-1')), v.DateEventRecorded, q.name, r.name,
               CASE WHEN v.IDReferralIn > 0 THEN CAST(v.IDReferralIn AS VARCHAR) END,
               CASE WHEN v.IDOrganisation <> v.IDOrganisationVisibleTo THEN v.IDOrganisation END, v.more,
               v.odd]) AS extras
FROM raw.SRVisit AS v
LEFT JOIN raw.word AS w ON w.id = v.CurrentStatus
LEFT JOIN raw.value_appointment_status AS s ON s.delivered = gp_words(coalesce(w.words, v.CurrentStatus))
LEFT JOIN raw.word AS f ON f.id = v.FollowUpDetails
LEFT JOIN raw.profile AS p ON p.id = v.IDProfileAssigned
LEFT JOIN raw.profile AS q ON q.id = v.IDProfileRequested
LEFT JOIN raw.profile AS r ON r.id = v.IDProfileEnteredBy
LEFT JOIN raw.note AS n ON n.kind = 'SRVISIT' AND n.id = v.RowIdentifier
WHERE v.RemovedData IS NOT TRUE AND v.IDPatient > 0
