"""Long-term conditions: when they began, the problem heading, yearly reviews, repeats, recalls and referrals."""

from __future__ import annotations

from datetime import date

from godwit.synth import illness, medication, paperwork
from godwit.synth.drawing import one_of, share_at
from godwit.synth.life import Life, Side
from godwit.synth.model import Observation, Problem
from godwit.synth.world import Ailment

_RESOLVED, _REFERRED, _RECALLED, _REVIEW_KEPT = 0.09, 0.25, 0.8, 0.85
_SIDES: tuple[Side, ...] = ("left", "right", "bilateral")
_LATEST_VAGUE = 1995


def conditions(life: Life) -> None:
    """Every long-term condition that this patient has, with all that follows from it."""
    age = life.age(life.last)
    for ailment in life.world.conditions:
        if life.has(ailment) and life.draw() < share_at(ailment.shares, age):
            begin(life, ailment, _onset(life, ailment, age))


def _onset(life: Life, ailment: Ailment, age: float) -> int:
    """Some day since the age at which this condition begins to be met."""
    youngest = next((point[0] for point in ailment.shares if point[1] > 0), 0.0)
    earliest = min(ailment.shares[0][0] if ailment.shares[0][1] == 0 else youngest, max(0.0, age - 1))
    onset = life.birth + int((earliest + (age - earliest) * life.draw()) * 365.25)
    return min(max(onset, life.birth + 1), life.last)


def begin(life: Life, ailment: Ailment, onset: int) -> Problem:
    """The entry that names the condition, its heading, and the years after it."""
    draw = life.draw
    seen = min(max(onset, life.first), life.last)
    at = illness.attend(life, seen)
    entry = life.observe(at, ailment.code)
    year = life.world.days.midnight(onset).year
    if onset < seen or draw() < 0.3:
        entry.when = life.onset(onset, vague=year <= _LATEST_VAGUE or draw() < 0.15)
    _mark(life, ailment, entry)
    active = draw() > _RESOLVED
    problem = life.problem(entry, active=active, major=ailment.major)
    entry.problem = problem.id
    until = life.last if active else seen + int(draw() * (life.last - seen))
    if not active:
        problem.ends = life.onset(until, vague=draw() < 0.2)
    _after(life, ailment, problem, seen, until)
    return problem


def _mark(life: Life, ailment: Ailment, entry: Observation) -> None:
    draw = life.draw
    entry.confidential = entry.confidential or draw() < ailment.private
    entry.episode = "first" if draw() < 0.5 else None
    entry.certainty = "confirmed" if draw() < 0.06 else None
    if ailment.side:
        entry.laterality = one_of(_SIDES, draw)


def _after(life: Life, ailment: Ailment, problem: Problem, since: int, until: int) -> None:
    draw = life.draw
    reviewed = reviews(life, ailment, problem, since, until)
    problem.last_review = reviewed
    medication.repeats(life, ailment, problem, since)
    if ailment.refer is not None and draw() < _REFERRED * min(1.0, 0.3 + life.density):
        at = illness.attend(life, min(since + int(draw() * 60), until))
        paperwork.refer(life, at, ailment.refer, problem.id)
    if ailment.recall is not None and draw() < _RECALLED:
        paperwork.recall(life, ailment.recall, life.last + int(draw() * 330) - 40, problem)
    if ailment.family is not None and draw() < 0.3:
        family_history(life, ailment.family, since)


def reviews(life: Life, ailment: Ailment, problem: Problem, since: int, until: int) -> date | None:
    """A review a year with what it looks at, and results filed some days before. Gives the day of the last."""
    draw, last = life.draw, None
    kept = min(1.0, life.density) * _REVIEW_KEPT
    for year in range(since + 200, until, 365):
        if draw() >= kept:
            continue
        day = min(until, year + int(draw() * 120))
        if ailment.panels:
            results_day = max(since, day - 2 - int(draw() * 9))
            illness.results(life, results_day, ailment.panels, problem.id)
        at = illness.attend(life, day)
        life.observe(at, ailment.review, problem.id)
        for sign in ailment.signs:
            life.look(at, sign, problem.id)
        last = at.entered.date()
    return last


def family_history(life: Life, code: int, day: int) -> Observation:
    """A line of family history, with the relative."""
    at = life.contact(day, "Main Surgery", life.nurse(life.world.days.midnight(day).year))
    entry = life.observe(at, code)
    entry.relative = one_of(("mother", "father", "brother", "sister", "grandmother"), life.draw)
    return entry
