-- Keys of which a delta says something, or a bulk that they are deleted. Parts: row, keys, keyed.
SELECT DISTINCT {keys} FROM ({row}) WHERE used AND (NOT base OR deletes) AND {keyed}
