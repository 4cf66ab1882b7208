-- Nobody in England has lived to be 116 since the records began to be kept by computer.
SELECT person, kind, file, record, birth_date AS about
FROM profile.person, profile.day
WHERE birth_date IS NULL OR NOT gp_is_moment(birth_date) OR left(birth_date, 10) > day
   OR left(birth_date, 10) > left(death_date, 10)
   OR (death_date IS NULL AND status = 'active' AND left(birth_date, 10) < oldest)
