-- Current repeats of any patient: what the new system would offer to issue again.
SELECT a.row, a.person, a.record_kind AS kind, a.file, a.record, a.type, a.drug, a.drug_term, a.dosage, a.start, a.review,
    a.last_issue, a.repeats_allowed, a.repeats_issued, a.performer, p.status
FROM canonical.medication_authorisation AS a
LEFT JOIN profile.person AS p ON p.person = a.person
WHERE a.status = 'active' AND a.type IN ('repeat', 'repeat_dispensing')
