-- One round: pair those that are each other's best, and drop the candidates whose rows are taken by now.
CREATE OR REPLACE TABLE climb.best AS
SELECT c.source_row, c.target_row, c.scope, 'likeness' AS rung
FROM climb.candidate AS c
JOIN (SELECT source_row, min(place) AS place FROM climb.candidate GROUP BY source_row) AS s
    ON s.source_row = c.source_row AND s.place = c.place
JOIN (SELECT target_row, min(place) AS place FROM climb.candidate GROUP BY target_row) AS t
    ON t.target_row = c.target_row AND t.place = c.place;
INSERT INTO climb.pair SELECT * FROM climb.best;
DELETE FROM climb.candidate WHERE source_row IN (SELECT source_row FROM climb.best);
DELETE FROM climb.candidate WHERE target_row IN (SELECT target_row FROM climb.best);
SELECT count(*) FROM climb.candidate
