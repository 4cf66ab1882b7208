-- Why an involved row is not of the current state; rows that are have no line. A record whose patient was removed in the
-- same batch or before shares the patient's cause. Parts: gone, kind, removed, on_patient.
INSERT INTO {gone}
SELECT * FROM (
    SELECT '{kind}', i.file, i.record,
           CASE WHEN i.unshared THEN 'sharing_switched_off'
                WHEN i.held THEN 'deletion_ambiguous'
                WHEN i.place = 1 AND NOT i.deletes THEN NULL
                WHEN i.place = 1 AND i.living IS NULL AND NOT i.base THEN 'deletion_of_unknown'
                WHEN i.place = 1 AND i.living IS NOT NULL THEN 'deletion'
                WHEN i.place = coalesce(i.living, 1) AND i.ended THEN coalesce(
                    (SELECT max(r.cause) FROM {removed} AS r WHERE r.rank <= i.ended_rank AND {on_patient}),
                    CASE WHEN i.patient IS NULL THEN 'removed_by_supplier' ELSE 'deleted_in_error' END)
                ELSE 'superseded' END AS reason
    FROM state.involved AS i)
WHERE reason IS NOT NULL
