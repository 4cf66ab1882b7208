-- Every row that becomes no record of its own, with its reason. Which rows are current is settled before this; tables
-- the model has no place for are named in the layout.
SELECT t.file, t.record, 'SRPatient' AS kind, 'patient' AS entity,
    'removed_by_supplier' AS reason
FROM raw.SRPatient AS t
WHERE t.RemovedData
UNION ALL
SELECT t.file, t.record, 'SRPatientAddressHistory', 'patient',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' WHEN coalesce(t.IDPatient, 0) <= 0 THEN 'no_patient'
         ELSE 'told_with_patient' END
FROM raw.SRPatientAddressHistory AS t
UNION ALL
SELECT t.file, t.record, 'SRPatientContactDetails', 'patient',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' WHEN coalesce(t.IDPatient, 0) <= 0 THEN 'no_patient'
         ELSE 'told_with_patient' END
FROM raw.SRPatientContactDetails AS t
UNION ALL
SELECT t.file, t.record, 'SRPatientRelationship', 'patient',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' WHEN coalesce(t.IDPatient, 0) <= 0 THEN 'no_patient'
         ELSE 'told_with_patient' END
FROM raw.SRPatientRelationship AS t
UNION ALL
SELECT t.file, t.record, 'SRPatientRegistration', 'registration',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' WHEN coalesce(t.IDPatient, 0) <= 0 THEN 'no_patient'
         ELSE 'registered_elsewhere' END
FROM raw.SRPatientRegistration AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0 OR upper(t.IDOrganisation) <> upper(t.IDOrganisationVisibleTo)
UNION ALL
SELECT t.file, t.record, 'SRRecordStatus', 'registration',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'history_not_compared' END
FROM raw.SRRecordStatus AS t
UNION ALL
SELECT t.file, t.record, 'SREvent', 'consultation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SREvent AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRCode', 'observation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRCode AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRDrugSensitivity', 'allergy',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRDrugSensitivity AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRProblem', 'problem',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRProblem AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRImmunisation', 'immunisation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRImmunisation AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRPrimaryCareMedication', 'medication_issue',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRPrimaryCareMedication AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRRepeatTemplate', 'medication_authorisation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRRepeatTemplate AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRReferralOut', 'referral',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRReferralOut AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRRecall', 'recall',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRRecall AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRMedia', 'document',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRMedia AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRChildAtRisk', 'observation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRChildAtRisk AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRPersonAtRisk', 'observation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRPersonAtRisk AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SREventLink', 'consultation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'told_with_consultation' END
FROM raw.SREventLink AS t
UNION ALL
SELECT t.file, t.record, 'SRReferralOutStatusDetails', 'referral',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'told_with_referral' END
FROM raw.SRReferralOutStatusDetails AS t
UNION ALL
SELECT t.file, t.record, 'SRLetter', 'document',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' WHEN coalesce(t.IDPatient, 0) <= 0 THEN 'no_patient'
         ELSE 'told_with_document' END
FROM raw.SRLetter AS t
LEFT JOIN raw.medium AS m ON m.event = t.IDEvent AND m.patient = t.IDPatient
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0 OR m.event IS NOT NULL
UNION ALL
SELECT t.file, t.record, 'SRSpecialNotes', 'observation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' WHEN coalesce(t.IDPatient, 0) <= 0 THEN 'no_patient'
         ELSE 'deleted_at_practice' END
FROM raw.SRSpecialNotes AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0 OR t.DateDeleted IS NOT NULL
UNION ALL
SELECT t.file, t.record, 'SRAppointment', 'appointment',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'free_slot' END
FROM raw.SRAppointment AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRVisit', 'appointment',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'no_patient' END
FROM raw.SRVisit AS t
WHERE t.RemovedData OR coalesce(t.IDPatient, 0) <= 0
UNION ALL
SELECT t.file, t.record, 'SRAppointmentFlags', 'appointment',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'told_with_appointment' END
FROM raw.SRAppointmentFlags AS t
UNION ALL
SELECT t.file, t.record, 'SRAppointmentRoom', 'appointment',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'appointment_book' END
FROM raw.SRAppointmentRoom AS t
UNION ALL
SELECT t.file, t.record, 'SRRota', 'appointment',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'appointment_book' END
FROM raw.SRRota AS t
UNION ALL
SELECT t.file, t.record, 'SRRotaSlot', 'appointment',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'appointment_book' END
FROM raw.SRRotaSlot AS t
UNION ALL
SELECT t.file, t.record, 'SRStaffMember', 'practitioner',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'told_with_role' END
FROM raw.SRStaffMember AS t
LEFT JOIN raw.in_role AS r ON r.id = t.RowIdentifier
WHERE t.RemovedData OR r.id IS NOT NULL
UNION ALL
SELECT t.file, t.record, 'SRStaffMemberProfile', 'practitioner',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'staff_elsewhere' END
FROM raw.SRStaffMemberProfile AS t
LEFT JOIN raw.home AS h ON h.ods = upper(t.IDOrganisation)
WHERE t.RemovedData OR (t.IDOrganisation IS NOT NULL AND h.ods IS NULL)
UNION ALL
SELECT t.file, t.record, 'SRStaffMemberProfileRole', 'practitioner',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'told_with_role' END
FROM raw.SRStaffMemberProfileRole AS t
UNION ALL
SELECT t.file, t.record, 'SROrganisation', 'organisation',
    'removed_by_supplier'
FROM raw.SROrganisation AS t
WHERE t.RemovedData
UNION ALL
SELECT t.file, t.record, 'SROrganisationBranch', 'organisation',
    'removed_by_supplier'
FROM raw.SROrganisationBranch AS t
WHERE t.RemovedData
UNION ALL
SELECT t.file, t.record, 'SRTrust', 'organisation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'parent_body' END
FROM raw.SRTrust AS t
UNION ALL
SELECT t.file, t.record, 'SRCcg', 'organisation',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'parent_body' END
FROM raw.SRCcg AS t
UNION ALL
SELECT t.file, t.record, 'SRAddressBookEntry', 'organisation',
    'address_book'
FROM raw.SRAddressBookEntry AS t
UNION ALL
SELECT t.file, t.record, 'SRFreeText', 'observation',
    CASE WHEN t.FreeText IS NULL THEN 'text_empty' WHEN o.id IS NULL THEN 'text_without_record'
        ELSE 'told_with_entry' END
FROM raw.SRFreeText AS t
LEFT JOIN raw.text_owner AS o ON o.kind = upper(t.SRTable) AND o.id = t.IDSRTable
UNION ALL
SELECT t.file, t.record, 'SRCtv3', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRCtv3 AS t
UNION ALL
SELECT t.file, t.record, 'SRCtv3Hierarchy', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRCtv3Hierarchy AS t
UNION ALL
SELECT t.file, t.record, 'SRCtv3ToSnomed', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRCtv3ToSnomed AS t
UNION ALL
SELECT t.file, t.record, 'SRCtv3ToVersion2', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRCtv3ToVersion2 AS t
UNION ALL
SELECT t.file, t.record, 'SRMedicationReadCodeDetails', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRMedicationReadCodeDetails AS t
UNION ALL
SELECT t.file, t.record, 'SRImmunisationContent', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRImmunisationContent AS t
UNION ALL
SELECT t.file, t.record, 'SRTemplate', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRTemplate AS t
UNION ALL
SELECT t.file, t.record, 'SRConfiguredListOption', 'unclassified',
    CASE WHEN t.RemovedData THEN 'removed_by_supplier' ELSE 'dictionary' END
FROM raw.SRConfiguredListOption AS t
UNION ALL
SELECT t.file, t.record, 'SRMapping', 'unclassified',
    'dictionary'
FROM raw.SRMapping AS t
UNION ALL
SELECT t.file, t.record, 'SRMappingGroup', 'unclassified',
    'dictionary'
FROM raw.SRMappingGroup AS t
UNION ALL
SELECT t.file, t.record, 'SRManifest', 'unclassified',
    'manifest'
FROM raw.SRManifest AS t
