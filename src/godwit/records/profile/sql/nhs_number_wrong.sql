-- The tenth digit is 11 less the remainder of the weighted sum of the others; 11 stands as 0, and 10 is never given.
WITH told AS (
    SELECT *, replace(nhs_number, ' ', '') AS number FROM profile.person WHERE nhs_number IS NOT NULL
), summed AS (
    SELECT *, CASE WHEN regexp_full_match(number, '\d{10}') THEN (11 - list_sum(list_transform(range(1, 10),
        lambda place: (11 - place) * CAST(substr(number, place, 1) AS BIGINT))) % 11) % 11 END AS digit
    FROM told
)
SELECT person, kind, file, record, nhs_number AS about
FROM summed
WHERE digit IS NULL OR CAST(digit AS VARCHAR) <> right(number, 1)
