SELECT a.person, a.record_kind AS kind, a.file, a.record, a.start AS about
FROM canonical.appointment AS a
CROSS JOIN profile.day
LEFT JOIN profile.person AS p ON p.person = a.person
WHERE gp_is_moment(a.start) AND left(a.start, 10) >= day AND coalesce(a.status, 'booked') <> 'cancelled'
  AND coalesce(p.status, 'left') <> 'active'
