-- Contacts of a patient that have a document: their letters are told with it.
SELECT DISTINCT IDEvent AS event, IDPatient AS patient
FROM raw.SRMedia
WHERE RemovedData IS NOT TRUE AND IDEvent > 0 AND IDPatient > 0
