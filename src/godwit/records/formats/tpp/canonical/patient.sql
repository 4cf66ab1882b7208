-- People. Address, telephone numbers and relations stand in tables of their own and are told here.
-- A birth date may carry the time of birth: the day is compared, the whole stays beside it.
SELECT p.file, p.record, CAST(p.RowIdentifier AS VARCHAR) AS patient,
    coalesce(CAST(p.RowIdentifier AS VARCHAR), 'row ' || p.file || '.' || p.record) AS key,
    'tpp.SRPatient|' || p.RowIdentifier AS source_id,
    nullif(replace(p.NHSNumber, ' ', ''), '') AS nhs_number,
    p.Surname AS family, nullif(concat_ws(' ', p.FirstName, p.MiddleNames), '') AS given, nullif(p.Title, '') AS title,
    gp_listed([p.PreviousSurname]) AS other_names,
    gp_day(gp_or_odd(p.DateBirth, p.odd, 'DateBirth')) AS birth_date,
    gp_day(gp_or_odd(p.DateDeath, p.odd, 'DateDeath')) AS death_date,
    coalesce(x.ours, lower(p.Gender)) AS sex,
    CAST(p.DateDeath IS NULL AND r.open IS TRUE AS VARCHAR) AS active,
    h.address, h.postcode, l.addresses,
    e.home_phone, e.mobile_phone, coalesce(p.EmailAddress, e.email) AS email, e.contacts,
    k.relations, k.carer,
    CAST(coalesce(p.TestPatient, false) AS VARCHAR) AS test_patient,
    gp_extras(['BirthPlace', 'SpeaksEnglish', 'SSRef', 'SpineMatched', 'TimeOfBirth', 'TimeOfDeath', 'ContactEmail',
               'more', 'odd'],
              [p.BirthPlace, p.SpeaksEnglish, p.SSRef, p.SpineMatched,
               CASE WHEN p.DateBirth <> left(p.DateBirth, 10) || 'T00:00:00' THEN p.DateBirth END,
               CASE WHEN p.DateDeath <> left(p.DateDeath, 10) || 'T00:00:00' THEN p.DateDeath END,
               CASE WHEN e.email <> p.EmailAddress THEN e.email END, p.more, p.odd]) AS extras
FROM raw.SRPatient AS p
LEFT JOIN raw.value_sex AS x ON x.delivered = gp_words(p.Gender)
LEFT JOIN raw.enrolled AS r ON r.patient = p.RowIdentifier AND r.turn = 1
LEFT JOIN raw.lived AS h ON h.patient = p.RowIdentifier AND h.kind = 'home' AND h.turn = 1 AND h.current
LEFT JOIN raw.all_lived AS l ON l.patient = p.RowIdentifier
LEFT JOIN raw.all_reached AS e ON e.patient = p.RowIdentifier
LEFT JOIN raw.all_related AS k ON k.patient = p.RowIdentifier
WHERE p.RemovedData IS NOT TRUE
