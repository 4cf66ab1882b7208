-- One line for every converted record of either side, whatever its entity; `gist` is what it is about, in a few words.
-- `further`: made from a record that gave another row already. Parts: further, entity, code, moment, words (expressions).
SELECT '{entity}' AS entity, side, row, file, record, {further} AS further, record_kind AS kind, person, source_id,
       {code} AS code, {moment} AS moment, concat_ws(', ', {words}, {moment}) AS gist
FROM canonical.{entity}
