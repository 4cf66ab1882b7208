-- Contacts of every kind: consultations, letters, visits, administrative acts. Midnight means that no time is known.
WITH link AS (
    SELECT IDEvent AS event, max(IDAppointment) AS appointment, max(IDVisit) AS visit
    FROM raw.SREventLink
    WHERE RemovedData IS NOT TRUE AND IDEvent > 0
    GROUP BY IDEvent
)
SELECT e.file, e.record, CAST(e.IDPatient AS VARCHAR) AS patient,
    'SREvent|' || coalesce(CAST(e.RowIdentifier AS VARCHAR),
        'row ' || e.file || '.' || e.record) AS key,
    'tpp.SREvent|' || e.RowIdentifier AS source_id,
    coalesce(m.words, nullif(e.ContactMethod, '-1')) AS type_text,
    gp_padded(gp_or_odd(e.DateEvent, e.odd, 'DateEvent')) AS start,
    gp_padded(gp_or_odd(e.DateEventRecorded, e.odd, 'DateEventRecorded')) AS recorded,
    coalesce(d.name, gp_words(e.TextualEventDoneBy)) AS performer, r.name AS recorder, b.name AS location,
    e.IDOrganisation AS organisation,
    nullif('{' || concat_ws(',',
        '"ContactEventLocation":[' || to_json(coalesce(o.words, nullif(e.ContactEventLocation, '-1'))) || ']',
        CASE WHEN lower(e.EventIncomplete) IN ('true', '1') THEN '"EventIncomplete":["true"]' END,
        '"ClinicalEvent":[' || to_json(e.ClinicalEvent) || ']',
        '"FreeText":[' || to_json(n.words) || ']',
        '"IDAuthorisedBy":[' || to_json(a.name) || ']',
        CASE WHEN e.IDReferralIn > 0 THEN '"IDReferralIn":["' || e.IDReferralIn || '"]' END,
        CASE WHEN e.IDTeam > 0 THEN '"IDTeam":["' || e.IDTeam || '"]' END,
        CASE WHEN l.appointment > 0 THEN '"appointment":["' || l.appointment || '"]' END,
        CASE WHEN l.visit > 0 THEN '"visit":["' || l.visit || '"]' END,
        CASE WHEN e.IDDoneBy > 0 AND d.name IS NULL THEN '"IDDoneBy":["' || e.IDDoneBy || '"]' END,
        CASE WHEN d.name IS NOT NULL THEN '"TextualEventDoneBy":[' || to_json(e.TextualEventDoneBy) || ']' END,
        CASE WHEN e.IDOrganisation <> e.IDOrganisationVisibleTo
             THEN '"OtherOrganisation":[' || to_json(e.IDOrganisation) || ']' END,
        CASE WHEN e.IDOrganisationDoneAt <> e.IDOrganisation
             THEN '"IDOrganisationDoneAt":[' || to_json(e.IDOrganisationDoneAt) || ']' END,
        CASE WHEN e.IDOrganisationRegisteredAt <> e.IDOrganisationVisibleTo
             THEN '"IDOrganisationRegisteredAt":[' || to_json(e.IDOrganisationRegisteredAt) || ']' END,
        '"more":[' || to_json(e.more) || ']',
        '"odd":[' || to_json(e.odd) || ']') || '}', '{}') AS extras
FROM raw.SREvent AS e
LEFT JOIN raw.word AS m ON m.id = e.ContactMethod
LEFT JOIN raw.word AS o ON o.id = e.ContactEventLocation
LEFT JOIN raw.person AS d ON d.id = e.IDDoneBy
LEFT JOIN raw.profile AS r ON r.id = e.IDProfileEnteredBy
LEFT JOIN raw.person AS a ON a.id = e.IDAuthorisedBy
LEFT JOIN raw.place AS b ON b.id = e.IDBranch
LEFT JOIN link AS l ON l.event = e.RowIdentifier
LEFT JOIN raw.note AS n ON n.kind = 'SREVENT' AND n.id = e.RowIdentifier
WHERE e.RemovedData IS NOT TRUE AND e.IDPatient > 0
