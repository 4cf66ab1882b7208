-- The books by side and entity: where every record went, counted from the tables themselves.
SELECT side, entity,
       count(*) FILTER (WHERE fate = 'converted') AS converted,
       count(*) FILTER (WHERE fate = 'set_aside') AS set_aside,
       count(*) FILTER (WHERE fate = 'rejected') AS rejected
FROM (
    SELECT side, entity, 'converted' AS fate FROM canonical.record
    UNION ALL
    SELECT side, entity, 'set_aside' FROM ledger.set_aside
    UNION ALL
    SELECT side, entity, 'rejected' FROM ledger.reject
)
GROUP BY ALL
