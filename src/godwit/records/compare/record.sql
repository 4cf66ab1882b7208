-- One line for every converted record of either side, whatever its entity; `gist` is what it is about, in a few words.
-- Parts: entity, code, moment, words (expressions).
SELECT '{entity}' AS entity, side, row, file, record, record_kind AS kind, person, source_id,
       {code} AS code, {moment} AS moment, concat_ws(', ', {words}, {moment}) AS gist
FROM canonical.{entity}
