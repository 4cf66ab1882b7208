SELECT person, kind, file, record, registered_from AS about
FROM profile.person, profile.day
WHERE registration = 'temporary' AND status = 'active' AND left(registered_from, 10) < quarter_before
