-- What an authorisation is called by the issues made under it: the drug and the start; and its kind.
SELECT d.PatientGuid AS patient, d.DrugRecordGuid AS guid, max(d.PrescriptionType) AS kind,
    max(concat_ws(' @ ', k.term, gp_known(d.EffectiveDate, d.EffectiveDatePrecision))) AS words
FROM raw.Prescribing_DrugRecord AS d
LEFT JOIN raw.drug AS k ON k.code_id = d.CodeId
WHERE d.Deleted IS NOT TRUE AND d.DrugRecordGuid IS NOT NULL
GROUP BY d.PatientGuid, d.DrugRecordGuid
