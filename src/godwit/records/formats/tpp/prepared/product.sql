-- Drug products by Multilex number: an allergy names its drug by this number alone.
SELECT IDMultiLexProduct AS id, arg_min(DrugReadCodeDesc, RowIdentifier) AS term,
    arg_min(DrugReadCode, RowIdentifier) AS code
FROM raw.SRMedicationReadCodeDetails
WHERE IDMultiLexProduct > 0
GROUP BY IDMultiLexProduct
