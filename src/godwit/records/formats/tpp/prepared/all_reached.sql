-- The numbers of each patient as one list, and the latest of the kinds that have a field of their own.
SELECT patient,
    CAST(to_json(list(struct_pack(kind := coalesce(delivered, kind), number := number)
                      ORDER BY coalesce(delivered, kind), number)) AS VARCHAR) AS contacts,
    max(number) FILTER (WHERE kind = 'home' AND turn = 1) AS home_phone,
    max(number) FILTER (WHERE kind = 'mobile' AND turn = 1) AS mobile_phone,
    max(number) FILTER (WHERE kind = 'email' AND turn = 1) AS email
FROM raw.reached
GROUP BY patient
