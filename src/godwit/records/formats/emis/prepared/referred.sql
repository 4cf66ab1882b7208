-- Entries that carry the details of a referral: the referral tells them whole.
SELECT DISTINCT PatientGuid AS patient, ObservationGuid AS guid
FROM raw.CareRecord_ObservationReferral
WHERE ObservationGuid IS NOT NULL
