-- English mobile numbers begin with 07 and have eleven digits; a number from abroad must say so.
WITH dialled AS (
    SELECT *, regexp_replace(regexp_replace(mobile_phone, '[^0-9+]', '', 'g'), '^00', '+') AS number
    FROM profile.person
    WHERE status = 'active' AND mobile_phone IS NOT NULL
)
SELECT person, kind, file, record, mobile_phone AS about
FROM dialled
WHERE NOT regexp_full_match(number, '(0|\+440?)7\d{9}')
  AND NOT (regexp_full_match(number, '\+\d{8,15}') AND NOT starts_with(number, '+44'))
