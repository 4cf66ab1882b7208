WITH open_work AS (
    SELECT person, record_kind AS kind, file, record, performer
    FROM canonical.recall
    WHERE coalesce(status, 'active') = 'active'
    UNION ALL
    SELECT a.person, a.record_kind, a.file, a.record, a.performer
    FROM canonical.appointment AS a, profile.day
    WHERE left(a.start, 10) >= day AND coalesce(a.status, 'booked') = 'booked'
    UNION ALL
    SELECT person, kind, file, record, performer FROM profile.repeat
)
SELECT w.person, w.kind, w.file, w.record, w.performer AS about
FROM open_work AS w
JOIN profile.leaver AS l ON l.name = gp_words(w.performer)
JOIN profile.person AS p ON p.person = w.person
WHERE p.status = 'active'
