"""Every run plants known faults in a copy of a sample of its own input and looks whether it finds them.

The sample is some patients with all their records, as both sides delivered them, in canonical form; the faults go into
a copy of the target's half. The comparison runs again on that, on the very same terms, to the lines of the report.
Of a whole-practice extract also a copy of the beginning of each of the target's files is spoilt and read again, see
reading.py. What this proves is that faults are seen; that reading loses nothing is proven by the second witness.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from godwit.records.bulk.loading import Extract, Opening
from godwit.records.compare.causes import name_causes
from godwit.records.compare.matching import Terms, stages
from godwit.records.compare.stage import make_rooms
from godwit.records.control.copying import copied_parts, open_parts, take_sample
from godwit.records.control.planning import plan
from godwit.records.control.planting import carry_out
from godwit.records.control.reading import control_reading
from godwit.records.control.telling import Control, tell
from godwit.records.duck import Duck

NO_KEYS = Opening()


def control(
    duck: Duck, terms: Terms, folder: Path, extract: Extract | None = None, opening: Opening = NO_KEYS
) -> Control:
    """Take the sample out of a finished comparison in `duck`, plant, compare again in `folder` (made, and wiped by
    its owner), and tell what was found. `extract` is the target, where that came as a whole practice, and `opening`
    what it was opened with."""
    folder.mkdir(mode=0o700)
    by_meaning = terms.scheme.by_meaning
    patients = take_sample(duck)
    parts = copied_parts(duck, by_meaning)
    for table, sql in parts.items():
        duck.write_parquet(f"{table}.parquet", sql).replace(folder / f"{table}.parquet")
    with Duck(folder) as lab:
        make_rooms(lab)
        open_parts(lab, folder, parts, by_meaning)
        made = plan(lab, terms.scheme)
        carry_out(lab, made.plants, by_meaning)
        for _, work in stages(lab, terms):
            work()
        name_causes(lab)
        told = tell(lab, terms, patients, made)
    files = control_reading(duck, extract, opening, folder / "files") if extract else ()
    return replace(told, files=files)


__all__ = ["Control", "control"]
