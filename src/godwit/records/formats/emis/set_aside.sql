-- Every row that becomes no record of its own, with its reason. Which rows are current is settled before this.
SELECT file, record, 'Admin_Location' AS kind, 'organisation' AS entity, 'deleted' AS reason
FROM raw.Admin_Location WHERE Deleted IS TRUE
UNION ALL
SELECT file, record, 'Admin_OrganisationLocation', 'organisation',
    CASE WHEN Deleted IS TRUE THEN 'deleted' ELSE 'told_with_place' END
FROM raw.Admin_OrganisationLocation
UNION ALL
SELECT file, record, 'Admin_Patient', 'patient', 'deleted' FROM raw.Admin_Patient WHERE Deleted IS TRUE
UNION ALL
SELECT file, record, 'Admin_PatientHistory', 'registration', 'history_not_compared' FROM raw.Admin_PatientHistory
UNION ALL
SELECT file, record, 'Admin_UserInRole', 'practitioner', 'staff_elsewhere'
FROM raw.Admin_UserInRole
WHERE OrganisationGuid IS NOT NULL AND OrganisationGuid NOT IN (SELECT guid FROM raw.home)
UNION ALL
SELECT file, record, 'Agreements_SharingOrganisation', 'unclassified', 'agreement'
FROM raw.Agreements_SharingOrganisation
UNION ALL
SELECT file, record, 'Appointment_Session', 'appointment',
    CASE WHEN Deleted IS TRUE THEN 'deleted' ELSE 'told_with_appointment' END
FROM raw.Appointment_Session
UNION ALL
SELECT file, record, 'Appointment_SessionUser', 'appointment',
    CASE WHEN Deleted IS TRUE THEN 'deleted' ELSE 'told_with_appointment' END
FROM raw.Appointment_SessionUser
UNION ALL
SELECT file, record, 'Appointment_Slot', 'appointment',
    CASE WHEN Deleted IS TRUE THEN 'deleted' WHEN ExternalPatientGuid IS NOT NULL THEN 'patient_elsewhere'
         ELSE 'free_slot' END
FROM raw.Appointment_Slot WHERE Deleted IS TRUE OR PatientGuid IS NULL
UNION ALL
SELECT file, record, 'Audit_PatientAudit', 'unclassified', 'audit' FROM raw.Audit_PatientAudit
UNION ALL
SELECT file, record, 'Audit_RegistrationAudit', 'unclassified', 'audit' FROM raw.Audit_RegistrationAudit
UNION ALL
SELECT file, record, 'CareRecord_Consultation', 'consultation', 'deleted'
FROM raw.CareRecord_Consultation WHERE Deleted IS TRUE
UNION ALL
SELECT file, record, 'CareRecord_Diary', 'recall', 'deleted' FROM raw.CareRecord_Diary WHERE Deleted IS TRUE
UNION ALL
SELECT o.file, o.record, 'CareRecord_Observation', 'observation',
    CASE WHEN o.Deleted IS TRUE THEN 'deleted' ELSE 'told_with_referral' END
FROM raw.CareRecord_Observation AS o
LEFT JOIN raw.referred AS f ON f.patient = o.PatientGuid AND f.guid = o.ObservationGuid
WHERE o.Deleted IS TRUE OR f.guid IS NOT NULL
UNION ALL
SELECT f.file, f.record, 'CareRecord_ObservationReferral', 'referral',
    CASE WHEN e.deleted IS TRUE THEN 'deleted' ELSE 'without_entry' END
FROM raw.CareRecord_ObservationReferral AS f
LEFT JOIN raw.entry AS e ON e.patient = f.PatientGuid AND e.guid = f.ObservationGuid
WHERE e.guid IS NULL OR e.deleted IS TRUE
UNION ALL
SELECT p.file, p.record, 'CareRecord_Problem', 'problem',
    CASE WHEN p.Deleted IS TRUE OR e.deleted IS TRUE THEN 'deleted' ELSE 'without_entry' END
FROM raw.CareRecord_Problem AS p
LEFT JOIN raw.entry AS e ON e.patient = p.PatientGuid AND e.guid = p.ObservationGuid
WHERE p.Deleted IS TRUE OR e.guid IS NULL OR e.deleted IS TRUE
UNION ALL
SELECT file, record, 'Coding_ClinicalCode', 'unclassified', 'dictionary' FROM raw.Coding_ClinicalCode
UNION ALL
SELECT file, record, 'Coding_DrugCode', 'unclassified', 'dictionary' FROM raw.Coding_DrugCode
UNION ALL
SELECT file, record, 'Prescribing_DrugRecord', 'medication_authorisation', 'deleted'
FROM raw.Prescribing_DrugRecord WHERE Deleted IS TRUE
UNION ALL
SELECT file, record, 'Prescribing_IssueRecord', 'medication_issue', 'deleted'
FROM raw.Prescribing_IssueRecord WHERE Deleted IS TRUE
