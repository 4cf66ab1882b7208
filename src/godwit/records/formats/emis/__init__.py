"""The EMIS Web bulk extract as data: layouts by version, value maps, SQL to the canonical model, and its losses."""
