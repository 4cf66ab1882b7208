-- A code that no dictionary explains has no words either. Warnings, kinds of recall and some referrals are words or
-- nothing by design.
SELECT e.person, e.kind, e.file, e.record, e.code AS about
FROM profile.entry AS e
LEFT JOIN profile.code AS c ON c.code = e.code
WHERE coalesce(e.sort, '') <> 'alert' AND e.entity <> 'allergy' AND NOT coalesce(c.national OR c.own, false)
  AND CASE WHEN e.code IS NOT NULL THEN e.term IS NULL
           ELSE e.entity IN ('observation', 'immunisation') OR (e.entity = 'recall' AND e.term IS NULL) END
