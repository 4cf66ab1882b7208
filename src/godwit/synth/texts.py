"""Free text for entries: a pool made once for a practice, from which entries take."""

from __future__ import annotations

from random import Random

from godwit.synth.knowledge import phrases

_POOL, _SHORT, _AWKWARD, _OUTSIDE = 4_000, 0.3, 0.06, 0.006
_LONG = 0.01
_DAYS = ("Monday", "last Tuesday", "12/04", "1st Jan", "weekend", "03.11.19")


def pool(seed: int) -> tuple[str, ...]:
    """So many texts of every kind, in an order that says nothing."""
    random = Random(f"{seed}/texts")  # noqa: S311 - nothing secret is made here
    some = phrases()
    made = [*some.awkward, *some.outside]
    while len(made) < _POOL:
        kind = random.random()
        if kind < _OUTSIDE:
            made.append(random.choice(some.outside))
        elif kind < _AWKWARD:
            made.append(random.choice(some.awkward))
        elif kind < _SHORT:
            made.append(random.choice(some.phrases))
        else:
            made.append(_narrative(random, random.randint(8, 40) if kind > 1 - _LONG else 1))
    random.shuffle(made)
    return tuple(made)


def _narrative(random: Random, visits: int) -> str:
    some = phrases()
    told = []
    for _ in range(visits):
        pieces = [random.choice(some.openings), *random.sample(some.complaints, random.randint(1, 3))]
        if random.random() < 0.6:
            pieces.append(random.choice(some.findings))
        pieces.append(random.choice(some.plans))
        told.append((" " if random.random() < 0.8 else "\n").join(pieces))
    text = "\n".join(told)
    return text.replace("{n}", str(random.randint(2, 9))).replace("{day}", random.choice(_DAYS))
