SELECT NULL::BIGINT AS person, s.record_kind AS kind, s.file, s.record, s.name AS about
FROM canonical.practitioner AS s
JOIN profile.leaver AS l ON l.name = gp_words(s.name)
