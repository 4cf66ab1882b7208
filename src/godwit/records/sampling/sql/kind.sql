-- Everything that patients hold, once, with how many of them do.
SELECT route, kind, count(DISTINCT person) AS patients FROM sampling.holds GROUP BY route, kind
