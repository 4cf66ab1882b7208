-- The relations of each patient as one list, and the carer in the words of a system that holds one.
SELECT patient,
    CAST(to_json(list(struct_pack(name := name, relation := relation, number := number, next_of_kin := next_of_kin,
        cares := cares, guardian := guardian, parent := parent, key_holder := key_holder)
        ORDER BY name, relation, number)) AS VARCHAR) AS relations,
    max(name || coalesce(' (' || relation || ')', '')) FILTER (WHERE cares AND turn = 1) AS carer
FROM raw.related
GROUP BY patient
