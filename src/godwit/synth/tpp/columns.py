"""The files of a SystmOne reporting extract that a made-up practice has, in version 93 or the last known.

Columns are in order: `AUDIT8` is who and when at the head of most rows, `TAIL4` where they belong at the end.
`RemovedData` closes a row where the file can say that a row has gone.
"""

from __future__ import annotations

_AUDIT8 = (
    "RowIdentifier IDOrganisationVisibleTo DateEventRecorded DateEvent IDProfileEnteredBy IDDoneBy"
    " TextualEventDoneBy IDOrganisationDoneAt"
)
_TAIL4 = "IDEvent IDPatient IDOrganisation IDOrganisationRegisteredAt"

COLUMNS: dict[str, list[str]] = {
    name: columns.split()
    for name, columns in {
        "SRPatient": "RowIdentifier IDOrganisationVisibleTo Title FirstName MiddleNames Surname"
        " PreviousSurname NHSNumber DateBirth DateDeath BirthPlace Gender SpeaksEnglish"
        " EmailAddress TestPatient SSRef SpineMatched RemovedData",
        "SRPatientRegistration": "RowIdentifier IDOrganisationVisibleTo DateEventRecorded IDProfileEnteredBy"
        " DateRegistration DateDeRegistration RegistrationStatus PreferredPharmacy IDPatient"
        " IDOrganisation IDOrganisationRegisteredAt RemovedData",
        "SRRecordStatus": "RowIdentifier IDOrganisationVisibleTo DateEvent DateEventRecorded IDProfileEnteredBy"
        f" IDDoneBy TextualEventDoneBy IDOrganisationDoneAt MedicalRecordStatus {_TAIL4}"
        " RemovedData",
        "SRPatientAddressHistory": f"{_AUDIT8} NameOfBuilding NumberOfBuilding NameOfRoad NameOfLocality NameOfTown"
        " NameOfCounty FullPostCode DateTo AddressType IDEvent IDPatient IDOrganisation"
        " CcgOfResidence RemovedData",
        "SRPatientContactDetails": f"{_AUDIT8} ContactType ContactNumber {_TAIL4} RemovedData",
        "SRPatientRelationship": f"{_AUDIT8} DateEnded RelationshipType PersonalGuardianOrProxy NextOfKin"
        " CaresForPatient PrincipalCarerForPatient KeyHolder HasParentalResponsibility FinancialRepresentative"
        " Advocate MainVisitor CallCentreCallBackConsent CopyCorrespondence ContactOrder"
        " ContactMethod CommunicationFormat InterpreterRequired IDRelationshipWithPatient"
        " IDPatientRelationshipWith CodeRelationshipWithUser RelationshipWithName"
        " RelationshipWithDateOfBirth RelationshipWithHouseName RelationshipWithHouseNumber"
        " RelationshipWithRoad RelationshipWithLocality RelationshipWithPostTown"
        " RelationshipWithCounty RelationshipWithPostCode RelationshipWithTelephone"
        " RelationshipWithWorkTelephone RelationshipWithMobileTelephone RelationshipWithFax"
        " RelationshipWithEmailAddress RelationshipWithSex RelationshipWithSpokenLanguage"
        f" RelationshipWithOrganisation {_TAIL4} RemovedData",
        "SREvent": "RowIdentifier IDOrganisationVisibleTo DateEventRecorded DateEvent IDProfileEnteredBy"
        " IDDoneBy IDStaffMemberProfileRole TextualEventDoneBy IDOrganisationDoneAt IDAuthorisedBy"
        " IDProfileAuthorisedBy ContactEventLocation ContactMethod EventIncomplete ClinicalEvent"
        " IDReferralIn IDPatient IDOrganisation IDTeam IDBranch IDOrganisationRegisteredAt"
        " RemovedData",
        "SREventLink": f"{_AUDIT8} IDEvent IDPatient IDReferralIn IDOrganisation IDAppointment IDVisit"
        " IDOrganisationRegisteredAt RemovedData",
        "SRCode": f"{_AUDIT8} CTV3Code CTV3Text SNOMEDCode SNOMEDText NumericComparator IsNumeric"
        " NumericValue NumericUnit EpisodeType IDTemplate IDQuestionnaire IDEvent IDPatient"
        " IDReferralIn IDAppointment IDVisit IDOrganisation IDOrganisationRegisteredAt RemovedData",
        "SRProblem": f"{_AUDIT8} CTV3Code DateEnd Severity IDCode IDEvent IDPatient IDReferralIn IDOrganisation"
        " IDOrganisationRegisteredAt",
        "SRDrugSensitivity": f"{_AUDIT8} DateStarted DateEnded FormulationSpecific IDDrugCode IDMultiLexAction"
        f" IDReferralIn {_TAIL4} RemovedData",
        "SRImmunisation": f"{_AUDIT8} IDVaccination IDImmunisationContent Dose Location Method DateExpiry"
        " ImmsReadCode ImmsSNOMEDCode VaccPart VaccBatchNumber VaccAreaCode VaccinationStatus"
        f" {_TAIL4} RemovedData",
        "SRImmunisationContent": "RowIdentifier Name Content DateDeleted RemovedData",
        "SRPrimaryCareMedication": f"{_AUDIT8} IDMultiLexProduct IDMultiLexPack IDMultiLexDMD NameOfMedication"
        " DateMedicationStart DateMedicationEnd MedicationDosage MedicationQuantity IsSupervised"
        " SupervisedDose UnsupervisedDose IsRepeatMedication IsOtherMedication IsDentalMedication"
        f" IsHospitalMedication IDRepeatTemplate IDReferralIn {_TAIL4} RemovedData",
        "SRRepeatTemplate": f"{_AUDIT8} IDMultiLexProduct IDMultiLexPack IDMultiLexDMD NameOfMedication"
        " DateMedicationTemplateStart DateMedicationTemplateEnd DateMedicationTemplateReview"
        " MedicationDosage MedicationQuantity MaxIssues CourseLengthPerIssue DrugStatus"
        f" IDReferralIn {_TAIL4} RemovedData",
        "SRRecall": f"{_AUDIT8} DateRecall RecallType RecallInitialStatus RecallStatus RecallStatusDate"
        f" IDReferralIn {_TAIL4} RemovedData",
        "SRReferralOut": f"{_AUDIT8} TypeOfReferral Reason IDProfileReferrer ServiceOffered ReReferral Urgency"
        " PrimaryDiagnosis SNOMEDPrimaryDiagnosis RecipientID RecipientIDType IDEvent IDPatient"
        " IDOrganisation M101140ReasonForOutOfAreaReferralAdultAcuteMentalHealth"
        " IDOrganisationRegisteredAt RemovedData",
        "SRReferralOutStatusDetails": "RowIdentifier IDOrganisationVisibleTo DateEventRecorded DateEvent"
        " IDOrganisationDoneAt IDProfileEnteredBy TextualEventDoneBy IDDoneBy StatusOfReferralOut IDReferralOut"
        f" {_TAIL4} RemovedData",
        "SRSpecialNotes": "RowIdentifier IDOrganisationVisibleTo DateEventRecorded IDProfileEnteredBy DateStart"
        " Type Note DateExpired DateDeleted IDPatient RemovedData",
        "SRChildAtRisk": "RowIdentifier IDOrganisationVisibleTo DateAdded IDProfileEnteredBy ChildProtectionPlan"
        " DateRemoved IDProfileRemovedBy RemovalReason IDPatient IDOrganisation"
        " IDOrganisationRegisteredAt RemovedData",
        "SRPersonAtRisk": "RowIdentifier IDOrganisationVisibleTo DateAdded IDProfileEnteredBy ProtectionPlan"
        " DateRemoved IDProfileRemovedBy RemovalReason IDPatient IDOrganisation"
        " IDOrganisationRegisteredAt ReasonForPlan RemovedData",
        "SRVisit": "RowIdentifier IDOrganisationVisibleTo DateEventRecorded IDProfileEnteredBy DateBooked"
        " DateRequested CurrentStatus IDProfileRequested IDProfileAssigned FollowUpDetails"
        " IDReferralIn IDPatient IDOrganisation Duration IDOrganisationRegisteredAt RemovedData",
        "SRAppointment": "RowIdentifier IDOrganisationVisibleTo DateStart DateEnd AppointmentStatus"
        " DateAppointmentBooked DatePatientArrival DatePatientSeen FollowUpAppointment"
        " TelephoneAppointment IDClinician IDProfileClinician RotaName RotaType RotaLocation"
        " RotaCode IDRotaOwner IDProfileRotaOwner AllowsOverbooking BookingContactNumber"
        " DateAppointmentCancelled IDRota IDReferralIn IDPatient IDOrganisation"
        " IDOrganisationRegisteredAt RemovedData",
        "SRRota": "RowIdentifier IDOrganisationVisibleTo DateCreation IDProfileCreatedBy Name RotaType"
        " Location Code IDProfileOwner DateStart AllowOverBooking BookingContactNumber"
        " IDAppointmentRoom IDBranch RemovedData",
        "SRRotaSlot": "RowIdentifier IDOrganisationVisibleTo IDRota RotaSlotType Duration Quantity"
        " EmbargoDuration EmbargoExpiryTime BlockedSlot BookableCAndB Position OldRowIdentifier"
        " RemovedData",
        "SROrganisation": "RowIdentifier Name ID HouseName HouseNumber NameOfRoad NameOfLocality NameOfTown"
        " NameOfCounty FullPostCode Telephone SecondaryTelephone Fax MadeObsolete IDTrust IDCcg"
        " RemovedData",
        "SROrganisationBranch": "RowIdentifier IDOrganisationVisibleTo ID BranchName HouseName HouseNumber RoadName"
        " Locality Town County PostCode BranchObsolete IDOrganisation RemovedData",
        "SRStaffMember": "RowIdentifier StaffName StaffUserName NationalIdType IDNational IDSmartCard Obsolete"
        " RemovedData",
        "SRStaffMemberProfile": "RowIdentifier DateProfileCreated IdProfileCreatedBy IDStaffMemberProfileRole StaffRole"
        " DateEmploymentStart DateEmploymentEnd PPAID GPLocalCode IDStaffMember IDOrganisation"
        " GmpID RemovedData",
        "SRCtv3": "RowIdentifier IDOrganisationVisibleTo Ctv3Code Ctv3Text RemovedData",
        "SRCtv3ToSnomed": "RowIdentifier IDOrganisationVisibleTo Ctv3Code SnomedCode RemovedData",
        "SRMedicationReadCodeDetails": "RowIdentifier IDMultiLexProduct DrugReadCode DrugReadCodeDesc RemovedData",
        "SRMapping": "RowIdentifier IdMappingGroup Mapping",
        "SRConfiguredListOption": "RowIdentifier ConfiguredList ConfiguredListOption CDSCode CAMHSCode MHSDSCode"
        " RemovedData",
        "SRLetter": "RowIdentifier IDOrganisationVisibleTo IDPatient IDEvent DateEvent IDDoneBy"
        " DateEventRecorded IDProfileEnteredBy IDOrganisationDoneAt DateFinalised SenderTitle"
        " SenderFirstName SenderSurname SenderOrganisation RecipientTitle RecipientFirstName"
        " RecipientSurname RecipientOrganisation Direction CommunicationType IDAppointment"
        " IDOrganisation IDOrganisationRegisteredAt",
        "SRMedia": "RowIdentifier IDOrganisationVisibleTo DocumentUID IDPatient IDEvent DateEvent IDDoneBy"
        " DateEventRecorded IDProfileEnteredBy IDOrganisationDoneAt FileName FileSize SenderTitle"
        " SenderFirstName SenderSurname SenderOrganisation RecipientTitle RecipientFirstName"
        " RecipientSurname RecipientOrganisation EmailAddress Direction CommunicationType"
        " IDOrganisation IDOrganisationRegisteredAt",
        "SRFreeText": "RowIdentifier IDPatient IDReferralIn IDEvent Question FreeText EventDate SRTable"
        " IDSRTable QuestionnaireName IDAnsweredQuestionnaire QuestionnaireVersionNumber"
        " IDOrganisation",
        "SRMappingGroup": "RowIdentifier MappingGroup",
        "SRManifest": "FileName IsDelta IsReference DateExtractFrom DateExtractTo",
    }.items()
}
"""File -> its columns in order."""

REFERENCE = frozenset(
    {
        "SRImmunisationContent",
        "SRMapping",
        "SRMappingGroup",
        "SRConfiguredListOption",
        "SRCtv3",
        "SRCtv3ToSnomed",
    }
    | {"SRMedicationReadCodeDetails", "SROrganisation", "SRStaffMember", "SRStaffMemberProfile"}
)
"""The files that the manifest calls reference data."""
