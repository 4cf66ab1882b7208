-- Referral details: the code, date, text and people are those of the entry they extend, which is told here whole.
SELECT f.file, f.record, CAST(f.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(f.ObservationGuid AS VARCHAR), 'row ' || f.file || '.' || f.record) AS key,
    'emis.CareRecord_ObservationReferral|' || coalesce(CAST(f.ObservationGuid AS VARCHAR), '') AS source_id,
    e.codes AS code, e.terms AS code_term, e.effective AS authored,
    coalesce(u.ours, f.ReferralUrgency) AS priority, f.ReferralUrgency AS priority_text, f.ReferralUBRN AS ubrn,
    e.words AS text, q.ours AS qualifiers, e.performer, e.start AS consultation, b.name AS recipient,
    CASE WHEN e.confidential THEN 'confidential' END AS confidentiality,
    gp_extras(
        ['DocumentGuid', 'EnteredByUserInRoleGuid', 'EnteredDate', 'ReferralClosureReasonCodeId',
         'ReferralEndDate', 'ReferralEpisodeClosureDate', 'ReferralEpisodeDischargeLetterIssuedDate',
         'ReferralEpisodeRTTMeasurementTypeId', 'ReferralMode', 'ReferralReasonCodeId',
         'ReferralReceivedDate', 'ReferralReceivedTime', 'ReferralServiceType', 'ReferralSourceId',
         'ReferralSourceOrganisationGuid', 'ReferringCareProfessionalStaffGroupCodeId', 'TransportRequired',
         'more', 'odd'],
        [CAST(e.document AS VARCHAR), e.recorder, e.recorded,
         CAST(f.ReferralClosureReasonCodeId AS VARCHAR), f.ReferralEndDate, f.ReferralEpisodeClosureDate,
         f.ReferralEpisodeDischargeLetterIssuedDate, f.ReferralEpisodeRTTMeasurementTypeId,
         coalesce(m.ours, f.ReferralMode), CAST(f.ReferralReasonCodeId AS VARCHAR), f.ReferralReceivedDate,
         f.ReferralReceivedTime, coalesce(t.ours, f.ReferralServiceType), f.ReferralSourceId,
         CAST(f.ReferralSourceOrganisationGuid AS VARCHAR),
         CAST(f.ReferringCareProfessionalStaffGroupCodeId AS VARCHAR),
         CASE WHEN f.TransportRequired THEN 'true' END, f.more, f.odd]) AS extras,
    '{"authored": "' || e.padded || '"}' AS original
FROM raw.CareRecord_ObservationReferral AS f
JOIN raw.entry AS e ON e.patient = f.PatientGuid AND e.guid = f.ObservationGuid
LEFT JOIN raw.qualifier AS q ON q.delivered = e.qualifiers
LEFT JOIN raw.body AS b ON b.guid = f.ReferralTargetOrganisationGuid
LEFT JOIN raw.value_referral_urgency AS u ON u.delivered = f.ReferralUrgency
LEFT JOIN raw.value_referral_mode AS m ON m.delivered = f.ReferralMode
LEFT JOIN raw.value_referral_service AS t ON t.delivered = f.ReferralServiceType
WHERE e.deleted IS NOT TRUE
