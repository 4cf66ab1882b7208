-- Booked slots. A slot without a patient is free, whatever it was before: cancelling only takes the patient off it.
-- Slots of patients who have left are kept: such orphans are made by the supplier's rules.
SELECT a.file, a.record, CAST(a.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(a.SlotGuid AS VARCHAR), 'row ' || a.file || '.' || a.record) AS key,
    'emis.Appointment_Slot|' || coalesce(CAST(a.SlotGuid AS VARCHAR), '') AS source_id,
    gp_or_odd(a.AppointmentDate || coalesce('T' || a.AppointmentStartTime, ''), a.odd, 'AppointmentDate') AS start,
    gp_or_odd(CAST(a.PlannedDurationInMinutes AS VARCHAR), a.odd, 'PlannedDurationInMinutes') AS duration,
    CASE WHEN a.DidNotAttend THEN 'dna'
         ELSE coalesce(s.ours, a.SlotStatus, CASE WHEN a.LeftTime IS NOT NULL OR a.SendInTime IS NOT NULL THEN 'seen'
                                                 ELSE 'booked' END) END AS status,
    gp_or_odd(a.BookedDate || coalesce('T' || a.BookedTime, ''), a.odd, 'BookedDate') AS booked,
    coalesce(a.SlotType, a.ModeOfContact) AS type_text, c.name AS session, c.clinicians AS performer,
    c.place AS location,
    gp_extras(
        ['ActualDurationInMinutes', 'AppointmentDelayInMin', 'BookingMethod', 'ContextType', 'DnaReasonCodeId',
         'LeftTime', 'ModeOfContact', 'NationalSlotCategoryDescription', 'NationalSlotCategoryName',
         'PatientWaitInMin', 'SendInTime', 'ServiceSetting', 'more', 'odd'],
        [CAST(a.ActualDurationInMinutes AS VARCHAR), CAST(a.AppointmentDelayInMin AS VARCHAR), a.BookingMethod,
         a.ContextType, coalesce(k.term, CAST(a.DnaReasonCodeId AS VARCHAR)), a.LeftTime,
         CASE WHEN a.ModeOfContact <> a.SlotType THEN a.ModeOfContact END, a.NationalSlotCategoryDescription,
         a.NationalSlotCategoryName, CAST(a.PatientWaitInMin AS VARCHAR), a.SendInTime, a.ServiceSetting,
         a.more, a.odd]) AS extras
FROM raw.Appointment_Slot AS a
LEFT JOIN raw.clinic AS c ON c.guid = a.SessionGuid
LEFT JOIN raw.code AS k ON k.code_id = a.DnaReasonCodeId
LEFT JOIN raw.value_slot_status AS s ON s.delivered = a.SlotStatus
WHERE a.Deleted IS NOT TRUE AND a.PatientGuid IS NOT NULL
