-- A code is local where no SNOMED CT or Read code stands beside it; the suppliers' own range of SNOMED CT identifiers
-- (namespace 1000006) is not national.
WITH own AS (
    SELECT code FROM sampling.code
    WHERE len(gp_codes(code)) > 0 AND len(list_filter(gp_codes(code), lambda one:
        split_part(one, '|', 1) IN ('snomed', 'read2', 'ctv3')
        AND NOT regexp_full_match(one, 'snomed\|\d*10000061\d\d'))) = 0
)
SELECT o.person, count(*) AS score FROM sampling.observation AS o JOIN own ON own.code = o.code GROUP BY o.person
