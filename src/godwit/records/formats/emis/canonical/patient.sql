-- Patients of the practice, as the extract has them: one address, one number of each kind, one carer.
-- A test patient (DummyType) is a patient here; whoever counts patients leaves it out by its mark.
SELECT p.file, p.record, CAST(p.PatientGuid AS VARCHAR) AS patient,
    coalesce(CAST(p.PatientGuid AS VARCHAR), 'row ' || p.file || '.' || p.record) AS key,
    'emis.Admin_Patient|' || coalesce(CAST(p.PatientGuid AS VARCHAR), '') AS source_id,
    p.NhsNumber AS nhs_number, p.Surname AS family, nullif(concat_ws(' ', p.GivenName, p.MiddleNames), '') AS given,
    nullif(p.Title, '') AS title, coalesce(s.ours, p.Sex) AS sex,
    gp_or_odd(p.DateOfBirth, p.odd, 'DateOfBirth') AS birth_date,
    gp_or_odd(p.DateOfDeath, p.odd, 'DateOfDeath') AS death_date,
    CAST(p.DateOfDeactivation IS NULL AND p.DateOfDeath IS NULL AS VARCHAR) AS active,
    gp_line([p.HouseNameFlatNumber, p.NumberAndStreet, p.Village, p.Town, p.County, p.Postcode]) AS address,
    nullif(p.Postcode, '') AS postcode, p.HomePhone AS home_phone, p.MobilePhone AS mobile_phone,
    p.EmailAddress AS email,
    nullif(concat_ws(' ', p.CarerName, '(' || p.CarerRelation || ')'), '') AS carer,
    CAST(coalesce(p.DummyType, false) AS VARCHAR) AS test_patient,
    coalesce(u.name, gp_words(coalesce(p.ExternalUsualGP, p.ExternalUsusalGP))) AS usual_gp, b.name AS organisation,
    CASE WHEN p.IsConfidential THEN 'confidential' END AS confidentiality,
    gp_extras(
        ['ContactComments', 'ExternalUsualGP', 'ExternalUsualGPOrganisation', 'NHSNumberStatus', 'PatientNumber',
         'PersonGuid', 'ResidentialInstituteCode', 'SpineSensitive', 'more', 'odd'],
        [p.ContactComments, CASE WHEN u.name IS NOT NULL THEN coalesce(p.ExternalUsualGP, p.ExternalUsusalGP) END,
         x.name, p.NHSNumberStatus, CAST(p.PatientNumber AS VARCHAR), CAST(p.PersonGuid AS VARCHAR),
         p.ResidentialInstituteCode, CASE WHEN p.SpineSensitive THEN 'true' END, p.more, p.odd]) AS extras,
    CASE WHEN s.ours IS NOT NULL THEN json_object('sex', p.Sex) END AS original
FROM raw.Admin_Patient AS p
LEFT JOIN raw.value_sex AS s ON s.delivered = upper(p.Sex)
LEFT JOIN raw.staff AS u ON u.guid = p.UsualGpUserInRoleGuid
LEFT JOIN raw.body AS b ON b.guid = p.OrganisationGuid
LEFT JOIN raw.body AS x ON x.guid = coalesce(p.ExternalUsualGPOrganisation, p.ExternalUsusalGPOrganisation)
WHERE p.Deleted IS NOT TRUE
