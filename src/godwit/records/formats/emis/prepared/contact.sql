-- When each consultation began, for the entries that belong to it.
SELECT PatientGuid AS patient, ConsultationGuid AS guid, max(gp_known(EffectiveDate, EffectiveDatePrecision)) AS start
FROM raw.CareRecord_Consultation
WHERE Deleted IS NOT TRUE AND ConsultationGuid IS NOT NULL
GROUP BY PatientGuid, ConsultationGuid
