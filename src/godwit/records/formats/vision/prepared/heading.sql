-- What a problem is called by the entries that belong to it: its term and onset.
SELECT PID AS patient, ID AS id, arg_min(concat_ws(' @ ', RUBRIC, gp_vision_moment(DATE, TIME)), record) AS words
FROM raw.Journal WHERE upper(SUBSET) = 'P' AND upper(ACTION) IS DISTINCT FROM 'D' GROUP BY PID, ID
