-- Every list of codes that was met, once, and what it is. A code is local when no national code stands beside it; the
-- supplier's own range of SNOMED CT ids (namespace 1000006) is not national.
WITH met AS (
    SELECT code FROM profile.entry WHERE code IS NOT NULL
    UNION
    SELECT code FROM canonical.problem WHERE code IS NOT NULL
), parted AS (
    SELECT code, gp_codes(code) AS codes FROM met
), sorted AS (
    SELECT code,
        list_filter(codes, lambda one: starts_with(one, 'snomed|')) AS snomed,
        list_filter(codes, lambda one: split_part(one, '|', 1) IN ('read2', 'ctv3')) AS read,
        list_filter(codes, lambda one: split_part(one, '|', 1) IN ('emis_local', 'tpp_local', 'vision_local')) AS own
    FROM parted
), judged AS (
    SELECT code, read, own, len(snomed) > 0 AND NOT list_bool_and(list_transform(snomed,
            lambda one: gp_is_sctid(substr(one, 8)))) AS wrong,
        list_filter(snomed, lambda one: gp_is_sctid(substr(one, 8))
            AND NOT regexp_full_match(one, 'snomed\|\d*10000061\d\d')) AS national
    FROM sorted
)
SELECT code, wrong, len(national) > 0 AS snomed, len(own) > 0 AND len(national) = 0 AND len(read) = 0 AS own,
    len(national) > 0 OR len(read) > 0 AS national, coalesce(national[1], read[1]) AS shown
FROM judged
