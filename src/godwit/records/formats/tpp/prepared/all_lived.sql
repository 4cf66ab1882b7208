-- The addresses of each patient as one list, in order of time.
SELECT patient, CAST(to_json(list(struct_pack(kind := coalesce(delivered, kind), address := address, since := since,
    until := until) ORDER BY since, until, address)) AS VARCHAR) AS addresses
FROM raw.lived
GROUP BY patient
