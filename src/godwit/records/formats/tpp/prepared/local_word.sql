-- Words of the lists again, for cells that mean the practice's own lists: a number in both is taken from those.
SELECT id, arg_max(words, own) AS words
FROM (
    SELECT CAST(RowIdentifier AS VARCHAR) AS id, Mapping AS words, 0 AS own FROM raw.SRMapping
    UNION ALL
    SELECT CAST(RowIdentifier AS VARCHAR), ConfiguredListOption, 1 FROM raw.SRConfiguredListOption
)
WHERE words IS NOT NULL
GROUP BY id
