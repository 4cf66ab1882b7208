SELECT person, record_kind AS kind, file, record, title AS about FROM canonical.document WHERE path IS NULL
