-- Words of the lists. A whole number in a cell is a row of the built-in lists or of the practice's own; which of them
-- is told by no file that can be relied on, so a number that is in both is taken from the built-in lists.
SELECT id, arg_min(words, own) AS words
FROM (
    SELECT CAST(RowIdentifier AS VARCHAR) AS id, Mapping AS words, 0 AS own FROM raw.SRMapping
    UNION ALL
    SELECT CAST(RowIdentifier AS VARCHAR), ConfiguredListOption, 1 FROM raw.SRConfiguredListOption
)
WHERE words IS NOT NULL
GROUP BY id
