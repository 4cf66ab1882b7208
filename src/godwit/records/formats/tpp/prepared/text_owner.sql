-- Rows that tell the free text that names them: text of another table, or of a row that is no record, is told by none.
SELECT 'SRSPECIALNOTES' AS kind, RowIdentifier AS id
FROM raw.SRSpecialNotes WHERE RemovedData IS NOT TRUE AND IDPatient > 0 AND DateDeleted IS NULL
UNION
SELECT 'SRLETTER', l.RowIdentifier
FROM raw.SRLetter AS l
LEFT JOIN raw.medium AS m ON m.event = l.IDEvent AND m.patient = l.IDPatient
WHERE l.RemovedData IS NOT TRUE AND l.IDPatient > 0 AND m.event IS NULL
UNION
SELECT 'SRCODE', RowIdentifier FROM raw.SRCode WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SREVENT', RowIdentifier FROM raw.SREvent WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRPROBLEM', RowIdentifier FROM raw.SRProblem WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRDRUGSENSITIVITY', RowIdentifier
FROM raw.SRDrugSensitivity WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRIMMUNISATION', RowIdentifier FROM raw.SRImmunisation WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRPRIMARYCAREMEDICATION', RowIdentifier
FROM raw.SRPrimaryCareMedication WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRREPEATTEMPLATE', RowIdentifier
FROM raw.SRRepeatTemplate WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRREFERRALOUT', RowIdentifier FROM raw.SRReferralOut WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRRECALL', RowIdentifier FROM raw.SRRecall WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRMEDIA', RowIdentifier FROM raw.SRMedia WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRCHILDATRISK', RowIdentifier FROM raw.SRChildAtRisk WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRPERSONATRISK', RowIdentifier FROM raw.SRPersonAtRisk WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRAPPOINTMENT', RowIdentifier FROM raw.SRAppointment WHERE RemovedData IS NOT TRUE AND IDPatient > 0
UNION
SELECT 'SRVISIT', RowIdentifier FROM raw.SRVisit WHERE RemovedData IS NOT TRUE AND IDPatient > 0
