-- Findings of this run that were there before: the same patient, kind of record, outcome and field, and the same key.
-- Several alike are told apart by their order alone; what is still open comes before what was put right.
-- Parts: key (columns), equal (they are), now and before (conditions on what takes part).
WITH
now AS (
    SELECT *, row_number() OVER (PARTITION BY patient, entity, outcome, field, side, {key} ORDER BY finding) AS ordinal
    FROM rounds.now
    ANTI JOIN rounds.same USING (finding)
    WHERE {now}
),
earlier AS (
    SELECT *, row_number() OVER (PARTITION BY patient, entity, outcome, field, side, {key}
                                 ORDER BY state IN ('fixed', 'gone'), before) AS ordinal
    FROM rounds.before
    ANTI JOIN rounds.same USING (before)
    WHERE {before}
)
SELECT now.finding, earlier.before
FROM now
JOIN earlier
    ON earlier.patient = now.patient AND earlier.entity = now.entity AND earlier.outcome = now.outcome
    AND earlier.side = now.side AND earlier.ordinal = now.ordinal
    AND earlier.field IS NOT DISTINCT FROM now.field AND {equal}
