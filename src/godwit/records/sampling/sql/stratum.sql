-- Patients that no criterion and no rare kind chose, by registration, age and sex, with their turn in the group.
WITH aged AS (
    SELECT p.*, CASE WHEN gp_is_moment(p.birth_date)
        THEN date_sub('year', TRY_CAST(gp_day(rpad(p.birth_date, 10, '-01-01')) AS DATE), CAST(d.day AS DATE))
        END AS years
    FROM sampling.person AS p
    CROSS JOIN sampling.day AS d
    ANTI JOIN sampling.chosen AS c ON c.person = p.person
)
SELECT person, turn,
    CASE WHEN status = 'dead' THEN 'died'
         WHEN status = 'left' THEN 'left the list'
         WHEN coalesce(registration, 'regular') <> 'regular' THEN 'registered in another way'
         ELSE 'registered, ' || CASE WHEN years IS NULL THEN 'age not known' WHEN years < 5 THEN '0 to 4'
                                     WHEN years < 18 THEN '5 to 17' WHEN years < 65 THEN '18 to 64'
                                     WHEN years < 80 THEN '65 to 79' ELSE '80 and over' END
              || ', ' || CASE WHEN sex IN ('female', 'male') THEN sex ELSE 'sex not known' END END AS stratum
FROM aged
