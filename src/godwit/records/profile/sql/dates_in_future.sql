SELECT person, kind, file, record, happened AS about
FROM profile.entry, profile.day
WHERE gp_is_moment(happened) AND left(happened, 10) > left(day, length(left(happened, 10)))
