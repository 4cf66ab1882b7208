-- Deletions that do not say of what: a key is empty, or the table has none. Parts: gone, kind, row, keyless, keyed.
INSERT INTO {gone}
SELECT '{kind}', file, record, 'deletion_of_unknown' FROM ({row}) WHERE used AND deletes AND ({keyless} OR NOT ({keyed}))
