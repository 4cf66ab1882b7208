-- When each contact began, for the entries that belong to it.
SELECT RowIdentifier AS id, max(gp_padded(gp_or_odd(DateEvent, odd, 'DateEvent'))) AS start
FROM raw.SREvent
WHERE RemovedData IS NOT TRUE
GROUP BY RowIdentifier
