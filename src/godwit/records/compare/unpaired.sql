-- Records without a counterpart, and why: the other format has no place for them (and the loss that says so), a system
-- made them for itself, their
-- patient is not there, they are one of several that are equal, of which others have theirs, they stand on the other
-- side as another kind of record (one of their codes and their time are there, or, entered at the same minute, what
-- they are about in words), or there is nothing like them.
WITH
lone AS (
    SELECT r.*, n.scope
    FROM finding.lone AS n
    JOIN finding.told AS r ON r.entity = n.entity AND r.side = n.side AND r.row = n.row
),
coded AS (
    SELECT side, entity, row, scope, moment, unnest(list_distinct(gp_codes(code))) AS code FROM lone
    WHERE scope IS NOT NULL
),
other AS (
    SELECT l.side, l.entity, l.row, o.entity AS other_kind
    FROM coded AS l
    JOIN coded AS o ON o.scope = l.scope AND o.code = l.code
    WHERE o.side <> l.side AND o.entity <> l.entity AND gp_same_moment(o.moment, l.moment)
    UNION ALL
    SELECT l.side, l.entity, l.row, o.entity
    FROM lone AS l
    JOIN lone AS o ON o.scope = l.scope AND o.entered = l.entered
    WHERE o.side <> l.side AND o.entity <> l.entity AND gp_same_moment(o.moment, l.moment)
        AND (contains(o.said, l.about) OR contains(l.said, o.about))
),
kind AS (SELECT side, entity, row, min(other_kind) AS other_kind FROM other GROUP BY side, entity, row)
SELECT lone.* EXCLUDE (entered, about, said), unheld.loss,
       CASE WHEN (lone.side, lone.entity) IN (SELECT side, entity FROM finding.no_place) THEN 'no_place'
            WHEN unheld.loss IS NOT NULL THEN 'no_place'
            WHEN harmless.rule IS NOT NULL THEN 'house_keeping'
            WHEN lone.scope IS NULL THEN 'patient_not_paired'
            WHEN twin.row IS NOT NULL AND lone.side = 'source' THEN 'duplicate_collapsed'
            WHEN twin.row IS NOT NULL THEN 'duplicate'
            WHEN kind.other_kind IS NOT NULL THEN 'kind_changed_' || kind.other_kind
            ELSE 'no_counterpart' END AS reason
FROM lone
LEFT JOIN kind USING (side, entity, row)
LEFT JOIN finding.duplicate AS twin USING (side, entity, row)
LEFT JOIN finding.unheld AS unheld USING (side, entity, row)
LEFT JOIN finding.harmless AS harmless USING (side, entity, row)
