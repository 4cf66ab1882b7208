-- What each check found: on each side (a fate of both counts on both), how it is explained, what only the files tell, on one
-- side or beyond it, and how many patients are in it.
SELECT "check",
       count(*) FILTER (side <> 'target') AS source,
       count(*) FILTER (side <> 'source') AS target,
       count(*) FILTER (kind = 'inherited') AS inherited,
       count(*) FILTER (kind = 'finding') AS by_finding,
       count(*) FILTER (kind = 'agreed') AS agreed,
       count(*) FILTER (kind = 'files' AND side = 'source') AS in_source,
       count(*) FILTER (kind = 'files' AND side <> 'source') AS in_target,
       count(DISTINCT who) AS patients
FROM filed.told GROUP BY "check"
