-- Make climb.candidate: pairs of one patient's rows that share a mark and stand at nearly the same place among those
-- that have it, if at least half of what is known agrees, of the fields by themselves and with the links; `place` is
-- their order within the patient: the largest share of agreement first, then most agreement, then the nearest places,
-- then order of appearance.
-- Parts: window (how far apart two places may be), points, possible, linked, linkable (sums of weights that agree and
-- that are known, of the fields and of the links; s and t are the two rows).
CREATE OR REPLACE TABLE climb.candidate AS
WITH
met AS (
    SELECT s.row AS source_row, t.row AS target_row, s.scope, min(abs(s.place - t.place)) AS apart
    FROM climb.mark AS s
    JOIN climb.mark AS t ON s.scope = t.scope AND s.field = t.field AND s.mark = t.mark
    WHERE s.side = 'source' AND t.side = 'target' AND (s.whole OR t.whole) AND abs(s.place - t.place) <= {window}
    GROUP BY s.row, t.row, s.scope
),
alike AS (
    SELECT m.*, {points} AS points, {possible} AS possible, {linked} AS linked, {linkable} AS linkable
    FROM met AS m
    JOIN climb.free AS s ON s.side = 'source' AND s.row = m.source_row
    JOIN climb.free AS t ON t.side = 'target' AND t.row = m.target_row
)
SELECT source_row, target_row, scope,
       row_number() OVER (
           PARTITION BY scope
           ORDER BY (points + linked) / (possible + linkable) DESC, points + linked DESC, apart, source_row, target_row
       ) AS place
FROM alike
WHERE points * 2 >= possible AND (points + linked) * 2 >= possible + linkable
