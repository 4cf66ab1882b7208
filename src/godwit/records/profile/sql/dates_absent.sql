SELECT person, kind, file, record, NULL AS about
FROM profile.entry
WHERE happened IS NULL AND entity IN ('observation', 'immunisation', 'referral') AND coalesce(sort, '') <> 'alert'
