-- What a problem is called by the entries that belong to it: its term and onset.
SELECT DISTINCT p.PatientGuid AS patient, p.ObservationGuid AS guid, concat_ws(' @ ', e.term, e.effective) AS words
FROM raw.CareRecord_Problem AS p
JOIN raw.entry AS e ON e.patient = p.PatientGuid AND e.guid = p.ObservationGuid
WHERE p.Deleted IS NOT TRUE AND e.deleted IS NOT TRUE
