SELECT a.person, a.record_kind AS kind, a.file, a.record, a.start AS about
FROM canonical.appointment AS a
CROSS JOIN profile.day
WHERE gp_is_moment(a.start) AND left(a.start, 10) < day AND a.status IN ('booked', 'arrived')
