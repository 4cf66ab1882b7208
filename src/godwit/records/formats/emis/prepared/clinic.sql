-- Clinics with their place and everybody who holds them: a slot can have more than one clinician.
WITH people AS (
    SELECT u.SessionGuid, string_agg(DISTINCT s.name, '; ' ORDER BY s.name) AS names
    FROM raw.Appointment_SessionUser AS u
    JOIN raw.staff AS s ON s.guid = u.UserInRoleGuid
    WHERE u.Deleted IS NOT TRUE
    GROUP BY u.SessionGuid
), latest AS (
    SELECT *, row_number() OVER (PARTITION BY AppointmentSessionGuid ORDER BY file DESC, record DESC) AS turn
    FROM raw.Appointment_Session
    WHERE Deleted IS NOT TRUE
)
SELECT l.AppointmentSessionGuid AS guid, l.Description AS name, p.names AS clinicians, o.name AS place
FROM latest AS l
LEFT JOIN people AS p ON p.SessionGuid = l.AppointmentSessionGuid
LEFT JOIN raw.place AS o ON o.guid = l.LocationGuid
WHERE l.turn = 1
