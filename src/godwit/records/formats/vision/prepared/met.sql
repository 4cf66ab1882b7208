-- When the consultations of a patient began, by the number their entries link to.
SELECT PID AS patient, ID AS id, arg_min(gp_vision_moment(DATE, TIME), record) AS start
FROM raw.Encounter WHERE upper(ACTION) IS DISTINCT FROM 'D' GROUP BY PID, ID
