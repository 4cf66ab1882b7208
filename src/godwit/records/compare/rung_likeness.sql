-- Candidate pairs among what is left: same patient, at least one telling field equal, and how alike they are.
-- Parts: table, used, anchors (condition), points, possible (sums of weights; s and t are the two rows).
WITH
s AS (
    SELECT c.*, p.scope FROM {table} AS c JOIN paired.person AS p ON p.source_person = c.person
    WHERE c.side = 'source' AND NOT EXISTS (SELECT 1 FROM {used} AS u WHERE u.source_row = c.row)
),
t AS (
    SELECT c.*, p.scope FROM {table} AS c JOIN paired.person AS p ON p.target_person = c.person
    WHERE c.side = 'target' AND NOT EXISTS (SELECT 1 FROM {used} AS u WHERE u.target_row = c.row)
),
alike AS (
    SELECT s.row AS source_row, t.row AS target_row, s.scope, {points} AS points, {possible} AS possible
    FROM s JOIN t ON s.scope = t.scope AND ({anchors})
)
SELECT source_row, target_row, scope, points, possible FROM alike
WHERE points * 2 >= possible
ORDER BY points DESC, possible, source_row, target_row
