SELECT person, kind, file, record, drug_term AS about
FROM profile.repeat, profile.day
WHERE status = 'active' AND gp_is_moment(review) AND left(review, 10) < day
