-- What the group is called that an entry belongs to (a panel, a blood pressure).
WITH wanted AS (
    SELECT DISTINCT PatientGuid, ParentObservationGuid
    FROM raw.CareRecord_Observation
    WHERE ParentObservationGuid IS NOT NULL
)
SELECT o.PatientGuid AS patient, o.ObservationGuid AS guid, max(k.term) AS term
FROM raw.CareRecord_Observation AS o
JOIN wanted AS w ON w.PatientGuid = o.PatientGuid AND w.ParentObservationGuid = o.ObservationGuid
LEFT JOIN raw.code AS k ON k.code_id = o.CodeId
WHERE o.Deleted IS NOT TRUE
GROUP BY o.PatientGuid, o.ObservationGuid
