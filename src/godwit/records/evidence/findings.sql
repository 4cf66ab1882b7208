-- findings.parquet as the contract lists it. `patient_key` numbers the patient within the run; `change` and `traits` are
-- what an agreement tells patterns apart by.
SELECT f.finding, f.cause, f.entity, f.outcome, f.field, f.severity,
       CASE WHEN f.source_person IS NOT NULL THEN 'source-' || f.source_person
            ELSE 'target-' || f.target_person END AS patient_key,
       coalesce(sp.nhs_number, tp.nhs_number) AS nhs_number,
       sf.name AS source_file, f.source_record, f.source_id,
       tf.name AS target_file, f.target_record, f.target_id,
       f.source_value, f.target_value, f.reason, f.risk, f.detail, f.about, a.agreement,
       p.change, p.traits
FROM finding.caused AS f
JOIN finding.pattern AS p USING (finding)
LEFT JOIN finding.agreed AS a USING (finding)
LEFT JOIN ledger.file AS sf ON sf.side = 'source' AND sf.file = f.source_file
LEFT JOIN ledger.file AS tf ON tf.side = 'target' AND tf.file = f.target_file
LEFT JOIN (SELECT DISTINCT ON (person) person, nhs_number FROM canonical.patient WHERE side = 'source') AS sp
    ON sp.person = f.source_person
LEFT JOIN (SELECT DISTINCT ON (person) person, nhs_number FROM canonical.patient WHERE side = 'target') AS tp
    ON tp.person = f.target_person
ORDER BY f.finding
