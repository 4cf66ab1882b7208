-- Patients whose last word is a removal, and why they went: a day on which they left or died long enough ago for the
-- supplier's window, such a day at all, or nothing that tells. Parts: window.
SELECT practice, patient, max(ended_rank) AS rank, max(
           CASE WHEN gone IS NULL THEN 'removed_by_supplier'
                WHEN date_diff('day', try_cast(left(gone, 10) AS DATE), try_cast(ended_on AS DATE)) >= {window}
                THEN 'out_of_window' ELSE 'patient_left' END) AS cause
FROM state.involved
WHERE ended AND patient IS NOT NULL AND NOT held AND place = coalesce(living, 1)
GROUP BY practice, patient
