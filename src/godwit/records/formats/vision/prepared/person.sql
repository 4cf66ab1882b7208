-- What the people of the staff list are called, by their number.
SELECT ID AS id, arg_min(gp_person(TITLE, FORENAME, SURNAME), record) AS name FROM raw.Staff GROUP BY ID
