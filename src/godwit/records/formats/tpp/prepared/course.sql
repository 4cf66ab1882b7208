-- What a repeat template is called by the issues made under it: the drug and the start.
SELECT RowIdentifier AS id, max(concat_ws(' @ ', NameOfMedication, gp_padded(gp_or_odd(
    coalesce(DateMedicationTemplateStart, DateEvent), odd, 'DateMedicationTemplateStart')))) AS words
FROM raw.SRRepeatTemplate
WHERE RemovedData IS NOT TRUE
GROUP BY RowIdentifier
