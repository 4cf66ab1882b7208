-- Every code and term that is in use, once: what patterns of words are held against. Parts: entity, code.
SELECT '{entity}' AS entity, {code} AS code, words, lower(words) AS lowered
FROM (SELECT DISTINCT {code}, coalesce({code}_term, {code}_text) AS words FROM sampling.{entity})
