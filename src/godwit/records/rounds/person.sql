-- Who each patient of a run is, in words that last from run to run: the NHS number, else who they are, else their id.
SELECT DISTINCT ON (side, person) side, person,
       CASE WHEN regexp_full_match(nhs_number, '\d{{10}}') THEN 'nhs ' || nhs_number
            WHEN birth_date IS NOT NULL AND gp_words(family) IS NOT NULL
                THEN 'who ' || concat_ws('|', birth_date, gp_words(family), coalesce(gp_words(given), ''),
                                         coalesce(sex, ''))
            ELSE 'id ' || coalesce(source_id, local_id, '') END AS who
FROM canonical.patient
ORDER BY side, person, row
