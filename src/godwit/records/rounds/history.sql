-- Every finding of every round so far, with where it stands after this one. `gone`: it cannot be told whether it was put
-- right, because its record is no longer in the source. Parts: round.
SELECT n.finding,
       CASE WHEN b.before IS NULL THEN 'new' WHEN b.state = 'fixed' THEN 'regressed' ELSE 'still' END AS state,
       n.entity, n.outcome, n.field, n.cause, b.cause AS cause_before, n.severity,
       coalesce(b.first_round, {round}) AS first_round, {round} AS last_round, NULL::INTEGER AS fixed_in,
       coalesce(b.returns, 0) + (b.state IS NOT DISTINCT FROM 'fixed')::INTEGER AS returns,
       n.patient, n.side, n.record, n.about, n.moment
FROM rounds.now AS n
LEFT JOIN rounds.same AS s USING (finding)
LEFT JOIN rounds.before AS b USING (before)
UNION ALL
SELECT NULL, after.state, b.entity, b.outcome, b.field, b.cause, b.cause, b.severity, b.first_round, b.last_round,
       CASE WHEN after.state = 'gone' THEN NULL WHEN b.state = 'fixed' THEN b.fixed_in ELSE {round} END,
       b.returns, b.patient, b.side, b.record, b.about, b.moment
FROM rounds.before AS b
ANTI JOIN rounds.same AS s USING (before)
JOIN (
    SELECT before,
           CASE WHEN state = 'fixed' OR outcome = 'unexpected' OR before IN (SELECT before FROM rounds.there)
                THEN 'fixed' ELSE 'gone' END AS state
    FROM rounds.before
) AS after USING (before)
