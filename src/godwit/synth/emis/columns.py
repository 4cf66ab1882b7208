"""The 21 files of an EMIS Web extract: columns in order, layout 8.2 as agreements with free text have it.

Free text: `AssociatedText` stands after ProblemGuid (entries) and OriginalTerm (diary), `Comment` after Deleted
(problems). Every file but the last ends with ProcessingId.
"""

from __future__ import annotations

_PATIENT = "PatientGuid OrganisationGuid"
_ADDRESS = "HouseNameFlatNumber NumberAndStreet Village Town County Postcode"
_DATED = "EffectiveDate EffectiveDatePrecision EnteredDate EnteredTime ClinicianUserInRoleGuid EnteredByUserInRoleGuid"

COLUMNS: dict[str, list[str]] = {
    name: columns.split()
    for name, columns in {
        "Admin_Location": "LocationGuid LocationName LocationTypeDescription ParentLocationGuid OpenDate CloseDate"
        f" MainContactName FaxNumber EmailAddress PhoneNumber {_ADDRESS} Deleted ProcessingId",
        "Admin_Organisation": "OrganisationGuid CDB OrganisationName ODSCode ParentOrganisationGuid"
        " CCGOrganisationGuid OrganisationType OpenDate CloseDate MainLocationGuid ProcessingId",
        "Admin_OrganisationLocation": "OrganisationGuid LocationGuid IsMainLocation Deleted ProcessingId",
        "Admin_Patient": f"{_PATIENT} UsualGpUserInRoleGuid Sex DateOfBirth DateOfDeath Title GivenName"
        " MiddleNames Surname DateOfRegistration NhsNumber PatientNumber PatientTypeDescription DummyType"
        f" {_ADDRESS} ResidentialInstituteCode NHSNumberStatus CarerName CarerRelation PersonGuid"
        " DateofDeactivation Deleted SpineSensitive IsConfidential EmailAddress HomePhone MobilePhone"
        " ExternalUsualGPGuid ExternalUsualGP ExternalUsualGPOrganisation ContactComments ProcessingId",
        "Admin_PatientHistory": f"{_PATIENT} HistoryDate HistoryTime StatusDescription ProcessingId",
        "Admin_UserInRole": "UserInRoleGuid OrganisationGuid Title GivenName Surname JobCategoryCode"
        " JobCategoryName ContractStartDate ContractEndDate RegistrationNumber ProcessingId",
        "Agreements_SharingOrganisation": "OrganisationGuid IsActivated LastModifiedDate Disabled Deleted",
        "Appointment_Session": "AppointmentSessionGuid Description LocationGuid SessionTypeDescription"
        " SessionCategoryDisplayName StartDate StartTime EndDate EndTime Private OrganisationGuid Deleted"
        " ProcessingId",
        "Appointment_SessionUser": "SessionGuid UserInRoleGuid Deleted ProcessingId",
        "Appointment_Slot": "SlotGuid AppointmentDate AppointmentStartTime PlannedDurationInMinutes PatientGuid"
        " SendInTime LeftTime DidNotAttend PatientWaitInMin AppointmentDelayInMin ActualDurationInMinutes"
        " OrganisationGuid SessionGuid DnaReasonCodeId BookedDate BookedTime SlotStatus SlotType"
        " IsBookableOnline BookingMethod ExternalPatientGuid ExternalPatientOrganisation ModeOfContact"
        " IsBlocked ContextType ServiceSetting NationalSlotCategoryName NationalSlotCategoryDescription"
        " Deleted ProcessingId",
        "Audit_PatientAudit": "ItemGuid PatientGuid OrganisationGuid ModifiedDate ModifiedTime UserInRoleGuid"
        " ItemType ModeType ProcessingId",
        "Audit_RegistrationAudit": f"{_PATIENT} ModifiedDate ModifiedTime UserInRoleGuid ModeType ProcessingId",
        "CareRecord_Consultation": f"ConsultationGuid {_PATIENT} {_DATED} AppointmentSlotGuid"
        " ConsultationSourceTerm ConsultationSourceCodeId Complete ConsultationType Deleted IsConfidential"
        " ProcessingId",
        "CareRecord_Diary": f"DiaryGuid {_PATIENT} {_DATED} CodeId OriginalTerm AssociatedText DurationTerm"
        " LocationTypeDescription Deleted IsConfidential IsActive IsComplete ConsultationGuid ProcessingId",
        "CareRecord_Observation": f"ObservationGuid {_PATIENT} {_DATED} ParentObservationGuid CodeId"
        " ProblemGuid AssociatedText ConsultationGuid Value NumericUnit ObservationType NumericRangeLow"
        " NumericRangeHigh DocumentGuid Qualifiers Abnormal AbnormalReason Episode Deleted IsConfidential"
        " ProcessingId",
        "CareRecord_ObservationReferral": f"ObservationGuid {_PATIENT} ReferralTargetOrganisationGuid"
        " ReferralUrgency ReferralServiceType ReferralMode ReferralReceivedDate ReferralReceivedTime"
        " ReferralEndDate ReferralSourceId ReferralSourceOrganisationGuid ReferralUBRN ReferralReasonCodeId"
        " ReferringCareProfessionalStaffGroupCodeId ReferralEpisodeRTTMeasurementTypeId"
        " ReferralEpisodeClosureDate ReferralEpisodeDischargeLetterIssuedDate ReferralClosureReasonCodeId"
        " TransportRequired ProcessingId",
        "CareRecord_Problem": f"ObservationGuid {_PATIENT} ParentProblemObservationGuid Deleted Comment"
        " EndDate EndDatePrecision ExpectedDuration LastReviewDate LastReviewDatePrecision"
        " LastReviewUserInRoleGuid ParentProblemRelationship ProblemStatusDescription SignificanceDescription"
        " ProcessingId",
        "Coding_ClinicalCode": "CodeId Term ReadTermId SnomedCTConceptId SnomedCTDescriptionId NationalCode"
        " NationalCodeCategory NationalDescription EmisCodeCategoryDescription ParentCodeID ProcessingId",
        "Coding_DrugCode": "CodeId Term DmdProductCodeId BNFChapterRef ProcessingId",
        "Prescribing_DrugRecord": f"DrugRecordGuid {_PATIENT} {_DATED} CodeId Dosage Quantity QuantityUnit"
        " ProblemObservationGuid PrescriptionType IsActive CancellationDate NumberOfIssues"
        " NumberOfIssuesAuthorised IsConfidential Deleted ExpiryDate ProcessingId",
        "Prescribing_IssueRecord": f"IssueRecordGuid {_PATIENT} DrugRecordGuid {_DATED} CodeId Dosage Quantity"
        " QuantityUnit ProblemObservationGuid CourseDurationInDays EstimatedNhsCost IsConfidential EmisCode"
        " PatientMessage ScriptPharmacyStamp Compliance AverageCompliance IsPrescribedAsContraceptive"
        " IsPrivatelyPrescribed PharmacyMessage PharmacyText ConsultationGuid ExpiryDate ReviewDate"
        " IssueMethodDescription Deleted ProcessingId",
    }.items()
}
"""File -> its columns in order."""
