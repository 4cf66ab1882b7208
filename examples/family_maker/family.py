"""The family: four made-up patients of a made-up practice, each with a whole record. Read this to know them all.

Nobody here exists. NHS numbers are from the range for tests; the practice, hospital and their codes are invented.
"""

from __future__ import annotations

from examples.family_maker.model import (
    Allergy,
    Authorisation,
    Composition,
    Document,
    Immunisation,
    Note,
    Observation,
    Organisation,
    Patient,
    Problem,
    Recall,
    Referral,
    Section,
    Staff,
    concept,
    issue,
)

# ---------------------------------------------------------------- the practice

STAFF = (
    Staff("doctor", "Dr", "Imogen", "Tarrowby-Łask", "9999981"),
    Staff("nurse", "Sister", "Béatrice", "Oakmarsh"),
    Staff("clerk", "Mr", "Pádraig", "Fennimarsh"),
)
PRACTICE = Organisation("practice", "Y99991", "Saltings Lane Surgery")
HOSPITAL = Organisation("hospital", "Y99993", "Wrackline & District Hospital")
RECEIVER = Organisation("receiver", "Y99992", "Mudflat Road Medical Centre")
PLACES = {"main": "Saltings Lane Surgery", "branch": "Curlew Reach Branch Surgery"}
WRITTEN = "20241104201500"
"""When the extracts were written."""

# ---------------------------------------------------------------- kinds of consultation and words they use

SURGERY = concept("Surgery consultation note", "25671000000102")
TELEPHONE = concept("Telephone consultation", "24681000000104", words="Out of hours call")
HOME_VISIT = concept("Home visit note", "25651000000106")
FILED_DATA = concept("Non-consultation data", "196401000000100")
FILED_MEDICATION = concept("Non-consultation medication data", "196391000000103")
LETTER = concept("Clinical letter", "823691000000103")

BLOOD_PRESSURE = concept("O/E - blood pressure reading", "163020007", "246..00")
SYSTOLIC = concept("O/E - Systolic BP reading", "163030003", "2469.00", "Systolic blood pressure")
DIASTOLIC = concept("O/E - Diastolic BP reading", "163031004", "246A.00", "Diastolic blood pressure")
HEIGHT = concept("O/E - height", "162755006", "229..00")
BODY_WEIGHT = concept("O/E - weight", "162763007", "22A..00")
FIRST_DOSE = concept("First infant combined vaccination", "414259000", "65a0.00")
SECOND_DOSE = concept("Second infant combined vaccination", "415507003", "65a1.00")
THIRD_DOSE = concept("Third infant combined vaccination", "415712004", "65a2.00")
FLU_VACCINATION = concept("Influenza vaccination", "86198006", "65E..00")
MOTHER, FATHER, BROTHER = (
    concept("Mother", "72705000"),
    concept("Father", "66839005"),
    concept("Brother", "70924004"),
)


def blood_pressure(key: str, systolic: str, diastolic: str) -> Observation:
    """A blood pressure: a group of two readings."""
    readings = (
        Observation(f"{key}-systolic", SYSTOLIC, systolic, "mmHg"),
        Observation(f"{key}-diastolic", DIASTOLIC, diastolic, "mmHg"),
    )
    return Observation(key, BLOOD_PRESSURE, items=readings)


# ---------------------------------------------------------------- patient 1: the mother, asthma and two allergies

INHALER = Authorisation(
    "salbutamol",
    concept("Salbutamol 100micrograms/dose inhaler CFC free", "320139002"),
    "One or two puffs when needed, up to four times a day",
    "1",
    "inhaler device",
    "Spacer supplied",
    repeats="6",
)
OMEPRAZOLE = Authorisation(
    "omeprazole",
    concept("Omeprazole 20mg gastro-resistant capsules", "317291008"),
    "One capsule before breakfast",
    "28",
    "capsule",
    repeats="12",
    status="stopped",
    stopped="20220118",
    stop_reason="Symptoms settled; patient’s choice",
)
MOTHER_RECORD = (
    Composition(
        "asthma-review", SURGERY, "20210712092415", "doctor", "202107120920", "main", when="202107120905",
        items=(
            Section("asthma-topic", "Asthma", "topic", items=(
                Section("asthma-heading", "Problem", items=(
                    Observation("asthma", concept("Asthma", "195967001", "H33..00"), text="Since school age"),
                )),
                Section("asthma-examination", "Examination", items=(
                    blood_pressure("mother-bp", "128", "76"),
                    Observation("mother-weight", BODY_WEIGHT, "68.4", "kg"),
                    Observation("mother-height", HEIGHT, "171", "cm", by="nurse"),
                )),
                Section("asthma-history", "History", items=(
                    Note("asthma-note", "Worse near the marsh: “tight chest” at night & after running, peak flow < 400."
                         "\nCousin Łucja’s café is smoke-free now; sleeps à l’aise."),
                )),
            )),
            Section("asthma-medication", "Medication", "topic", items=(
                Section("asthma-issues", "Medication", items=(issue(1, INHALER, "20210712"),)),
            )),
            Problem("asthma-problem", "asthma", "1991", linked=("mother-weight", "salbutamol", "asthma-recall")),
        ),
    ),
    Composition(  # the clocks go back an hour while they speak
        "night-call", TELEPHONE, "20231029021530", "doctor", "202310290210", "branch", when="202310290050",
        items=(
            Section("night-topic", "Breathless at night", "topic", items=(
                Section("night-history", "History", items=(
                    Note("night-note", "Rang before the clocks went back; easier after two puffs."),
                )),
                Section("night-plan", "Plan", items=(
                    Recall("asthma-recall", concept("Medication review", "182836005", "8B31400"), "20241029",
                           "Bring inhaler & spacer"),
                )),
            )),
        ),
    ),
    Composition(
        "mother-medication", FILED_MEDICATION, "20210712092600", "doctor", when="20210712",
        items=(INHALER, issue(2, INHALER, "20220110")),
    ),
    Composition("mother-stopped", FILED_MEDICATION, "20210920110500", "doctor", when="20210920", items=(OMEPRAZOLE,)),
    Composition(
        "mother-allergies", FILED_DATA, "20100118143722", "doctor", when="20100118",
        items=(
            Allergy("penicillin", concept("Allergy to penicillin", "91936005", "14L1.00"), True, "Rash, widespread",
                    when="2003"),
            Allergy("peanut", concept("Allergy to peanut", "91935009", "SN58200"), False, when="199608"),
        ),
    ),
    Composition(
        "mother-filed", FILED_DATA, "202110081130", "nurse", when="20211008",
        items=(
            Immunisation("mother-flu", FLU_VACCINATION, "Left arm"),
            Observation("mother-family", concept("FH: Asthma", "160377001", "12D2.00"), text="Brother, as a boy",
                        relation=BROTHER),
            Observation("mother-smoking", concept("Never smoked tobacco", "266919005"), when="2008"),
            Document("mother-letter", "Letter from the chest clinic", LETTER, "letter-1.pdf", when="20220214"),
        ),
    ),
)  # fmt: skip

# ---------------------------------------------------------------- patient 2: the father, diabetes and a bad knee

METFORMIN = Authorisation(
    "metformin",
    concept("Metformin 500mg tablets", "325278007"),
    "One tablet twice a day with food",
    "56",
    "tablet",
    repeats="6",
)
WEIGHT = Observation("weight", BODY_WEIGHT, "93.5", "kg")
FATHER_RECORD = (
    Composition(
        "diabetes-review", SURGERY, "20240304085210", "nurse", "202403040850", "main", when="202403040830",
        items=(
            Section("diabetes-topic", "Type 2 diabetes", "topic", items=(
                Section("diabetes-heading", "Problem", items=(
                    Observation("diabetes", concept("Type 2 diabetes mellitus", "44054006", "C10F.00")),
                )),
                Section("diabetes-results", "Results", items=(
                    Observation("hba1c", concept("Haemoglobin A1c level", "999791000000106", "42W5.00"),
                                "58", "mmol/mol", low="20", high="41", text="Discussed; repeat in 3/12"),
                    Observation("potassium", concept("Serum potassium level", "1000651000000109", "44I4.00"),
                                "4.2", "mmol/L", low="3.5", high="5.3"),
                    Observation("crp", concept("Serum C reactive protein level", "1001371000000100"),
                                "5", "mg/L", comparator="<"),
                    blood_pressure("father-bp", "142", "88"),
                )),
                Section("diabetes-medication", "Medication", items=(issue(1, METFORMIN, "20240304", "doctor"),)),
                Section("diabetes-plan", "Plan", items=(
                    Recall("diabetes-recall", concept("Diabetic monitoring", "170742000", "66A..00"), "20250304"),
                )),
            )),
            Problem("diabetes-problem", "diabetes", "201903", linked=("hba1c", "metformin", "crp")),
        ),
    ),
    Composition(
        "knee", SURGERY, "20240618165544", "doctor", "202406181652", "main", when="20240618164030",
        items=(
            Section("knee-topic", "Knee pain", "topic", items=(
                Section("knee-history", "History", items=(
                    Note("knee-note", "Fell off a ladder “only 3 rungs”. Locked knee; cannot bear weight."),
                )),
                Section("knee-examination", "Examination", items=(WEIGHT,)),
                Section("knee-plan", "Plan", items=(
                    Referral("orthopaedics", concept("Orthopaedic referral", "183545006", "8H54.00"), "urgent",
                             "hospital", "Locked knee after a fall, please see soon"),
                )),
            )),
        ),
    ),
    Composition(
        "father-medication", FILED_MEDICATION, "20240304085500", "doctor", when="20240304",
        items=(METFORMIN, issue(2, METFORMIN, "20240429")),
    ),
    Composition(
        "father-filed", FILED_DATA, "201903111015", "clerk", when="20190311",
        items=(
            Observation("wrist", concept("Fracture of wrist", "9468002"), text="Skiing", when="200209"),
            Problem("wrist-problem", "wrist", "200209", "past", "minor", "2003"),
            Observation("father-family", concept("FH: Hypertension", "160357008", "12C1.00"), text="Father, from 50",
                        relation=FATHER),
            Observation("father-language", concept("Main spoken language", "315354004"), answer="English"),
            Document("father-letter", "Hospital letter, scanned", LETTER, "scan-1.jpg", "image/jpeg", when="2002"),
        ),
    ),
)  # fmt: skip

# ---------------------------------------------------------------- patient 3: the child, vaccinations and a sore ear

AMOXICILLIN = Authorisation(
    "amoxicillin",
    concept("Amoxicillin 500mg capsules", "323510009", words="Amoxicillin, capsules opened & mixed"),
    "Half the content of a capsule three times a day for 5 days",
    "8",
    "capsule",
    status="completed",
)
CHILD_RECORD = (
    Composition(
        "sore-ear", SURGERY, "20230703175905", "doctor", "202307031758", "main", when="202307031745",
        items=(
            Section("ear-topic", "Sore ear", "topic", items=(
                Section("ear-history", "History", items=(
                    Note("ear-note", "Pulling at the left ear since Łódź holiday; says “it buzzes”.\nDrinks well."),
                )),
                Section("ear-examination", "Examination", items=(
                    Observation("temperature", concept("Temperature", "703421000"), "38.4", "Cel",
                                low="36", high="37.5"),
                    Observation("otitis", concept("Acute otitis media", "3110003"), text="Left drum red < right"),
                )),
                Section("ear-medication", "Medication", items=(AMOXICILLIN, issue(1, AMOXICILLIN, "20230703"))),
            )),
            Problem("ear-problem", "otitis", "20230703", "past", "minor", "20230714", ("amoxicillin", "temperature")),
        ),
    ),
    Composition(
        "two-year-check", HOME_VISIT, "20210621104000", "nurse", "202106211030", "branch", when="202106211000",
        items=(
            Section("check-topic", "Development check", "topic", items=(
                Section("check-examination", "Examination", items=(
                    Observation("child-weight", BODY_WEIGHT, "12.25", "kg"),
                    Observation("child-height", HEIGHT, "86", "cm"),
                )),
                Section("check-plan", "Plan", items=(
                    Recall("booster", FLU_VACCINATION, "202210", "Autumn, with the nurse"),
                )),
            )),
        ),
    ),
    Composition(
        "child-vaccinations", FILED_DATA, "20200113091500", "nurse", when="20200113",
        items=(
            Immunisation("first-dose", FIRST_DOSE, "Right thigh", when="20190826"),
            Immunisation("second-dose", SECOND_DOSE, "Left thigh", when="20190923"),
            Immunisation("child-flu", FLU_VACCINATION, when="202001"),
        ),
    ),
    Composition(
        "child-filed", FILED_DATA, "202006301200", "clerk", when="20200630",
        items=(
            Allergy("egg", concept("Allergy to egg", "91930004"), False, "Hives after “œufs en neige”", when="202006"),
            Observation("child-family", concept("FH: Asthma", "160377001", "12D2.00"), text="Mother",
                        relation=MOTHER),
            Document("child-letter", "Health visitor’s report", LETTER, "report-1.pdf"),
        ),
    ),
)  # fmt: skip

# ---------------------------------------------------------------- patient 4: the grandfather, many tablets

RAMIPRIL = Authorisation(
    "ramipril",
    concept("Ramipril 10mg capsules", "318906001"),
    "One capsule to be taken once a day",
    "28",
    "capsule",
    "Kidney function twice a year",
    repeats="12",
)
AMLODIPINE = Authorisation(
    "amlodipine",
    concept("Amlodipine 10mg tablets", "319284000"),
    "One tablet in the morning",
    "28",
    "tablet",
    repeats="12",
)
ASPIRIN = Authorisation(
    "aspirin",
    concept("Aspirin 75mg dispersible tablets", "319773006"),
    "One tablet dissolved in water each day",
    "56",
    "tablet",
    repeats="6",
    status="stopped",
    stopped="20210713",
    stop_reason="Bruising",
)
GRANDFATHER_RECORD = (
    Composition(
        "heart-attack", HOME_VISIT, "20091102151332", "doctor", when="20091102", place="main",
        items=(
            Section("heart-topic", "Heart attack", "topic", items=(
                Section("heart-heading", "Problem", items=(
                    Observation("heart", concept("Heart attack", "22298006", "G30..14"), text="Inferior, stent"),
                )),
                Section("heart-medication", "Medication", items=(issue(1, ASPIRIN, "20091102"),)),
            )),
            Problem("heart-problem", "heart", "20091102", "past", linked=("aspirin", "heart-letter")),
        ),
    ),
    Composition(
        "medication-review", SURGERY, "20210713160110", "doctor", "202107131555", "main", when="202107131530",
        items=(
            Section("review-topic", "Medication review", "topic", items=(
                Section("review-history", "History", items=(
                    Note("dizziness", "Dizzy on standing since the “little white tablets” were doubled; no falls. "
                         "Neighbour Żaneta checks on him & would ring."),
                )),
                Section("review-examination", "Examination", items=(
                    blood_pressure("grandfather-bp", "108", "62"),
                    Observation("grandfather-weight", BODY_WEIGHT, "71", "kg"),
                    Observation("egfr", concept("Glomerular filtration rate", "80274001"), "90", "mL/min",
                                comparator=">"),
                )),
                Section("review-medication", "Medication", items=(issue(1, RAMIPRIL, "20210713"),)),
                Section("review-plan", "Plan", items=(
                    Referral("falls-clinic", concept("Referral to physician", "183516009"), "routine", "hospital",
                             "Dizzy on treatment, lying and standing pressures please"),
                    Recall("blood-test", concept("Medication review", "182836005", "8B31400"), "202201"),
                )),
            )),
        ),
    ),
    Composition(
        "grandfather-medication", FILED_MEDICATION, "20210713160300", "doctor", when="20210713",
        items=(RAMIPRIL, AMLODIPINE, issue(1, AMLODIPINE, "20210810")),
    ),
    Composition("grandfather-aspirin", FILED_MEDICATION, "200911021520", "doctor", when="20091102", items=(ASPIRIN,)),
    Composition(
        "grandfather-filed", FILED_DATA, "20091120101500", "clerk", when="20091120",
        items=(
            Observation("pressure", concept("Hypertensive disorder", "38341003"), when="1998"),
            Problem("pressure-problem", "pressure", "1998", linked=("ramipril", "amlodipine")),
            Allergy("sulfonamide", concept("Allergy to sulfonamide", "91939003"), True, "Swollen lips", when="1972"),
            Immunisation("pneumococcal", concept("Pneumococcal vaccination", "12866006", "6572.00"), when="200610"),
            Observation("grandfather-family", concept("FH: Cardiovascular disease", "266894000", "12C..00"),
                        text="Mother, aged 70", relation=MOTHER),
            Document("heart-letter", "Cardiology clinic letter", LETTER, "letter-2.pdf"),
            Document("eye-letter", "Eye clinic: “no change”", LETTER, "letter-3.tif", "image/tiff", when="201505"),
        ),
    ),
)  # fmt: skip

# ---------------------------------------------------------------- all four

FAMILY = (
    Patient(1, "9990000018", "Mrs", ("Zuzanna", "Renée"), "Quillfeather", "female", "19840617", "20090401",
            MOTHER_RECORD),
    Patient(2, "9990000026", "Mr", ("Tobias",), "Quillfeather", "male", "19811025", "20010910", FATHER_RECORD),
    Patient(3, "9990000034", "Miss", ("Élise",), "Quillfeather", "female", "20190614", "20190701",
            CHILD_RECORD, in_utc=True),
    Patient(4, "9990000042", "Mr", ("Władysław",), "Łysohirk", "male", "19460309", "19781106", GRANDFATHER_RECORD,
            new_identifiers=True),
)  # fmt: skip
