-- Records without a counterpart, and why: the other format has no place for them (and the loss that says so), their
-- patient is not there, the same code and time stand on the other side as another kind of record, or there is nothing
-- like it.
WITH
lone AS (
    SELECT r.*, p.scope
    FROM canonical.record AS r
    ANTI JOIN paired.record AS q ON q.entity = r.entity AND q.source_row = r.row
    LEFT JOIN paired.person AS p ON p.source_person = r.person
    WHERE r.side = 'source'
    UNION ALL
    SELECT r.*, p.scope
    FROM canonical.record AS r
    ANTI JOIN paired.record AS q ON q.entity = r.entity AND q.target_row = r.row
    LEFT JOIN paired.person AS p ON p.target_person = r.person
    WHERE r.side = 'target'
),
other AS (
    SELECT l.side, l.entity, l.row, min(o.entity) AS other_kind
    FROM lone AS l
    JOIN lone AS o ON o.scope = l.scope AND o.side <> l.side AND o.entity <> l.entity
        AND gp_share_code(o.code, l.code) AND gp_same_moment(o.moment, l.moment)
    GROUP BY ALL
)
SELECT lone.*, unheld.loss,
       CASE WHEN (lone.side, lone.entity) IN (SELECT side, entity FROM finding.no_place) THEN 'no_place'
            WHEN unheld.loss IS NOT NULL THEN 'no_place'
            WHEN lone.scope IS NULL THEN 'patient_not_paired'
            WHEN other.other_kind IS NOT NULL THEN 'kind_changed_' || other.other_kind
            ELSE 'no_counterpart' END AS reason
FROM lone
LEFT JOIN other USING (side, entity, row)
LEFT JOIN finding.unheld AS unheld USING (side, entity, row)
