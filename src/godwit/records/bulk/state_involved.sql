-- Every used row whose key some delta, or some deleting row, touches, with its place: 1 is the last word on its key.
-- A deleting row may lack its practice: it is that of the rows it deletes, if they have only one. Rows that are held
-- (deletions while sharing is off, deletions that fit several practices) have no place.
-- Parts: row, on_keys, keys, off.
WITH
involved AS (
    SELECT s.* FROM ({row}) AS s
    WHERE s.used AND EXISTS (SELECT 1 FROM state.touched AS t WHERE {on_keys})
),
practised AS (
    SELECT * REPLACE (
               coalesce(practice, CASE WHEN min(practice) OVER same = max(practice) OVER same
                                       THEN min(practice) OVER same END) AS practice),
           deletes AND practice IS NULL AND min(practice) OVER same <> max(practice) OVER same AS ambiguous
    FROM involved WINDOW same AS (PARTITION BY {keys})
),
held AS (
    SELECT i.*, i.deletes AND EXISTS (
               SELECT 1 FROM {off} AS o
               WHERE o.rank = i.rank AND (o.practice = i.practice OR i.practice IS NULL)) AS unshared
    FROM practised AS i
),
placed AS (
    SELECT *, coalesce(ambiguous, false) OR unshared AS held,
           CASE WHEN NOT (coalesce(ambiguous, false) OR unshared) THEN row_number() OVER (
               PARTITION BY coalesce(ambiguous, false) OR unshared, practice, {keys}
               ORDER BY rank DESC, turn DESC NULLS LAST, file DESC, record DESC) END AS place
    FROM held
)
SELECT *, min(place) FILTER (NOT deletes) OVER same AS living,
       coalesce(bool_or(place = 1 AND deletes) OVER same, false) AS ended,
       max(taken_on) FILTER (place = 1) OVER same AS ended_on,
       max(rank) FILTER (place = 1) OVER same AS ended_rank
FROM placed WINDOW same AS (PARTITION BY practice, {keys})
