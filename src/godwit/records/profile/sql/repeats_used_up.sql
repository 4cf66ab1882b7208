SELECT person, kind, file, record, drug_term AS about
FROM profile.repeat
WHERE status = 'active' AND TRY_CAST(repeats_allowed AS BIGINT) > 0
  AND TRY_CAST(repeats_issued AS BIGINT) >= TRY_CAST(repeats_allowed AS BIGINT)
