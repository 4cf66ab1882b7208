-- First days of the calendars that computers count from.
SELECT person, kind, file, record, happened AS about
FROM profile.entry
WHERE left(happened, 10) IN ('1753-01-01', '1800-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1901-01-01')
