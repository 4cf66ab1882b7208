-- Where each referral has got to: the latest of its steps.
SELECT t.IDReferralOut AS id, arg_max(gp_words(coalesce(w.words, nullif(t.StatusOfReferralOut, '-1'))),
    struct_pack(at := t.DateEvent, recorded := t.DateEventRecorded, row := t.RowIdentifier)) AS status
FROM raw.SRReferralOutStatusDetails AS t
LEFT JOIN raw.word AS w ON w.id = t.StatusOfReferralOut
WHERE t.RemovedData IS NOT TRUE AND t.IDReferralOut > 0
GROUP BY t.IDReferralOut
