-- Booked appointments; those without a patient are set aside as free. What a clinic is called is told on the row.
SELECT a.file, a.record, CAST(a.IDPatient AS VARCHAR) AS patient,
    'SRAppointment|' || coalesce(CAST(a.RowIdentifier AS VARCHAR),
        'row ' || a.file || '.' || a.record) AS key,
    'tpp.SRAppointment|' || a.RowIdentifier AS source_id,
    gp_padded(gp_or_odd(a.DateStart, a.odd, 'DateStart')) AS start,
    CAST(date_diff('minute', TRY_CAST(a.DateStart AS TIMESTAMP),
                   TRY_CAST(a.DateEnd AS TIMESTAMP)) AS VARCHAR) AS duration,
    coalesce(v.ours, gp_words(coalesce(w.words, a.AppointmentStatus))) AS status,
    gp_padded(gp_or_odd(a.DateAppointmentBooked, a.odd, 'DateAppointmentBooked')) AS booked,
    CASE WHEN lower(a.TelephoneAppointment) IN ('true', '1') THEN 'Telephone' END AS type_text, a.RotaName AS session,
    n.words AS reason,
    coalesce(c.name, p.name) AS performer, gp_words(coalesce(l.words, nullif(a.RotaLocation, '-1'))) AS location,
    a.IDOrganisation AS organisation,
    gp_extras(['AppointmentStatus', 'Flags', 'DatePatientArrival', 'DatePatientSeen',
               'DateAppointmentCancelled', 'FollowUpAppointment', 'RotaType', 'RotaCode',
               'BookingContactNumber', 'IDReferralIn', 'IDClinician', 'OtherOrganisation', 'more', 'odd'],
              [CASE WHEN v.ours IS NOT NULL THEN coalesce(w.words, a.AppointmentStatus) END, f.flags,
               a.DatePatientArrival, a.DatePatientSeen, a.DateAppointmentCancelled,
               CASE WHEN lower(a.FollowUpAppointment) IN ('true', '1') THEN 'true' END,
               coalesce(t.words, nullif(a.RotaType, '-1')), a.RotaCode, a.BookingContactNumber,
               CASE WHEN a.IDReferralIn > 0 THEN CAST(a.IDReferralIn AS VARCHAR) END,
               CASE WHEN a.IDClinician > 0 AND c.name IS NULL THEN CAST(a.IDClinician AS VARCHAR) END,
               CASE WHEN a.IDOrganisation <> a.IDOrganisationVisibleTo THEN a.IDOrganisation END, a.more,
               a.odd]) AS extras
FROM raw.SRAppointment AS a
LEFT JOIN raw.word AS w ON w.id = a.AppointmentStatus
LEFT JOIN raw.value_appointment_status AS v ON v.delivered = gp_words(coalesce(w.words, a.AppointmentStatus))
LEFT JOIN raw.word AS l ON l.id = a.RotaLocation
LEFT JOIN raw.word AS t ON t.id = a.RotaType
LEFT JOIN raw.person AS c ON c.id = a.IDClinician
LEFT JOIN raw.profile AS p ON p.id = a.IDProfileClinician
LEFT JOIN (SELECT IDAppointment AS id, string_agg(Flag, ', ' ORDER BY Flag) AS flags FROM raw.SRAppointmentFlags
           WHERE RemovedData IS NOT TRUE GROUP BY IDAppointment) AS f ON f.id = a.RowIdentifier
LEFT JOIN raw.note AS n ON n.kind = 'SRAPPOINTMENT' AND n.id = a.RowIdentifier
WHERE a.RemovedData IS NOT TRUE AND a.IDPatient > 0
