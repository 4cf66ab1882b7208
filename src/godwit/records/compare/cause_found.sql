-- Every finding with a number for this work, what it belongs to before anything is looked at more closely, and how its
-- value changed. All findings of a patient who is not on the other side belong together, whatever the kind of record;
-- so do the two halves of a record that changed its kind, and records that stand in another patient's record.
-- Parts: kinds (rows of entity, field, kind), units (fields that hold a unit), patient (expression).
WITH
field_kind AS (SELECT * FROM (VALUES {kinds}) AS v (entity, field, kind)),
valued AS (
    SELECT f.*, k.kind,
           CASE WHEN f.outcome = 'different' THEN f.source_value END AS s,
           CASE WHEN f.outcome = 'different' THEN f.target_value END AS t
    FROM finding.finding AS f
    LEFT JOIN field_kind AS k ON k.entity = f.entity AND k.field = f.field
),
typed AS (
    SELECT *, s IS NOT NULL AND t IS NOT NULL AS paired,
           CASE WHEN kind = 'number' THEN TRY_CAST(s AS DOUBLE) END AS x,
           CASE WHEN kind = 'number' THEN TRY_CAST(t AS DOUBLE) END AS y,
           CASE WHEN kind = 'moment' AND gp_is_moment(s) THEN TRY_CAST(left(s, 10) AS DATE) END AS d,
           CASE WHEN kind = 'moment' AND gp_is_moment(t) THEN TRY_CAST(left(t, 10) AS DATE) END AS e,
           CASE WHEN kind = 'codes' AND starts_with(s, '[') THEN gp_codes(s) END AS a,
           CASE WHEN kind = 'codes' AND starts_with(t, '[') THEN gp_codes(t) END AS b,
           regexp_replace(t, '(\.\.\.|…)$', '') AS stem
    FROM valued
),
weighed AS (
    SELECT *, CASE WHEN x * y > 0 THEN log10(y / x) END AS power FROM typed
),
changed AS (
    SELECT *,
           CASE WHEN NOT paired OR reason <> 'changed' THEN ''
                WHEN abs(power - round(power)) < 1e-9 AND round(power) <> 0 THEN 'decimal'
                WHEN x = -y AND x <> 0 THEN 'sign'
                WHEN kind = 'moment' AND starts_with(t, s) THEN 'finer'
                WHEN kind = 'moment' AND starts_with(s, t) THEN 'coarser'
                WHEN left(s, 4) = left(t, 4) AND month(d) = day(e) AND day(d) = month(e) AND d <> e THEN 'swapped'
                WHEN d <> e AND month(e) = 1 AND day(e) = 1 AND year(d) = year(e) THEN 'new_year'
                WHEN abs(year(d) - year(e)) = 100 AND right(d::VARCHAR, 5) = right(e::VARCHAR, 5) THEN 'century'
                WHEN abs(date_diff('day', d, e)) = 1 
                     AND (length(s) = 10 OR length(t) = 10 OR substr(s, 11, 6) = substr(t, 11, 6)) THEN 'one_day'
                WHEN abs(date_diff('minute', TRY_CAST(left(s, 16) AS TIMESTAMP), TRY_CAST(left(t, 16) AS TIMESTAMP)))
                     = 60 AND length(s) >= 16 AND length(t) >= 16 THEN 'one_hour'
                WHEN d = e THEN 'clock'
                WHEN kind = 'text' AND s <> t AND gp_words(s) = gp_words(t) THEN 'spacing'
                WHEN kind = 'text' AND stem <> '' AND starts_with(s, stem) THEN 'cut'
                WHEN kind = 'text' AND s <> '' AND starts_with(t, s) THEN 'grown'
                WHEN kind = 'text' AND (regexp_matches(t, '[\x{{FFFD}}\x{{00C2}}\x{{00C3}}]|â€')
                                        AND NOT regexp_matches(s, '[\x{{FFFD}}\x{{00C2}}\x{{00C3}}]|â€')
                     OR regexp_replace(s, '[^\x00-\x7F]+', '', 'g') = regexp_replace(t, '[^\x00-\x7F?]+', '', 'g')
                     OR regexp_replace(s, '[^\x00-\x7F]', '?', 'g') = t) THEN 'garbled'
                WHEN regexp_matches(s, '"(snomed|read2|ctv3)[|]') AND kind = 'codes'
                     AND NOT regexp_matches(t, '"(snomed|read2|ctv3)[|]') THEN 'local'
                WHEN list_has_all(a, b) THEN 'fewer'
                WHEN list_has_all(b, a) THEN 'more'
                ELSE '' END AS change
    FROM weighed
)
SELECT row_number() OVER () AS n,
       CASE WHEN reason = 'patient_not_paired' THEN concat_ws('.', 'patient', outcome, reason)
            WHEN reason = 'moved' THEN 'patient.patient.moved'
            WHEN outcome = 'unexpected' AND starts_with(reason, 'kind_changed_')
                THEN concat_ws('.', substr(reason, 14), 'missing', 'kind_changed_' || entity)
            ELSE concat_ws('.', entity, coalesce(field, outcome), reason) END AS base,
       change,
       CASE WHEN change = 'decimal' AND power > 0
                THEN 'times ' || format('{{:,}}', CAST(round(pow(10, round(power))) AS BIGINT))
            WHEN change = 'decimal' THEN 'divided ' || format('{{:,}}', CAST(round(pow(10, -round(power))) AS BIGINT))
            WHEN change = 'cut' THEN 'cut ' || length(stem)
            WHEN change = '' AND x * y > 0 AND x <> y THEN 'ratio ' || round(y / x, 2)
            WHEN change = '' AND d <> e THEN 'shift ' || date_diff('day', d, e) END AS measure,
       CASE WHEN paired AND (kind IN ('codes', 'choice', 'flag') OR field IN ({units}))
            THEN to_json([s, t])::VARCHAR END AS turn,
       {patient} AS patient,
       * EXCLUDE (kind, s, t, paired, x, y, d, e, a, b, stem, power, change)
FROM changed
