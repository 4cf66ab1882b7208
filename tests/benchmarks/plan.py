"""How long plans take: one, a board's 150, England's 6,000, a forecast and a portfolio.

`python -m tests.benchmarks.plan` prints a table for docs/plan-benchmarks.md. Nothing is asserted: seconds belong to the
machine; counts and the ratio to one plan tell whether something grows that should not. Seconds are those of one
processor, so that a busy machine does not change them much.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from godwit.definitions.guide.conditions import read_conditions
from godwit.plan.case import Practice
from godwit.plan.key_days import plan_all
from godwit.plan.portfolio import Capacities, PortfolioFile, Wish
from godwit.plan.portfolio_options import MarketMaker
from godwit.plan.portfolio_solver import spread_out
from godwit.plan.risk import forecast
from godwit.plan.scheduler import Case
from tests.support.portfolios import TODAY, the_maker

ANSWERS = (
    "dispensing",
    "anticoagulation",
    "branch_sites",
    "electronic_prescriptions",
    "document_management",
    "text_messages",
    "online_consultations",
    "local_databases",
    "third_round",
    "transfer_fees",
    "hardware_gap",
    "double_or_postdated_scripts",
)
USUAL = {one.slug: one.default for one in read_conditions().conditions if one.slug in ANSWERS}
ANSWERED = {0: "the usual answers", 1 / 6: "one answer in six unusual", 1 / 2: "every answer a toss"}
SYSTEMS = ("System One", "System Two", "System Three")
FIRST = date(2027, 4, 16)
T = TypeVar("T")


@dataclass(frozen=True)
class Row:
    """One measured thing."""

    what: str
    count: int
    seconds: float

    def told(self, one: float) -> str:
        each = self.seconds / self.count
        return f"| {self.what} | {self.count:,} | {self.seconds:.2f} | {1000 * each:.2f} | {each / one:.2f} |"


def timed(what: str, count: int, doing: Callable[[], T]) -> tuple[T, Row]:
    began = time.process_time()
    made = doing()
    return made, Row(what, count, time.process_time() - began)


def wishes(count: int, unlike: float) -> list[Wish]:
    """Made-up practices. Each of a dozen questions gets another answer than the usual one in that share of them."""
    random = Random(1)  # noqa: S311 - made-up practices, not a secret
    made = []
    for number in range(count):
        answers = {name: not usual for name, usual in USUAL.items() if random.random() < unlike}
        practice = Practice(practice=f"Practice {number}", new_system=SYSTEMS[number % 3], answers=answers)
        wanted = FIRST + timedelta(days=random.randrange(0, 420))
        made.append(Wish(practice=practice, wanted=wanted, trainer_days=random.randrange(3, 12)))
    return made


def cases(count: int, unlike: float) -> list[Case]:
    return [Case(one.practice, one.wanted, TODAY) for one in wishes(count, unlike)]


def portfolio(count: int, unlike: float) -> PortfolioFile:
    slots = {"any": 4, **dict.fromkeys(SYSTEMS, 2)}
    capacities = Capacities(supplier_slots=slots, trainers={"any": 8})
    made = tuple(wishes(count, unlike))
    return PortfolioFile(portfolio="Benchmark", practices=made, capacities=capacities)


def measured() -> list[Row]:
    """Every row, the first being one whole plan."""
    maker = the_maker()
    scheduler, usual = maker.scheduler, cases(1, 0)[0]
    scheduler.schedule(usual)
    rows = [timed("one plan with every reason, its network known", 1, lambda: scheduler.schedule(usual))[1]]
    rows.append(
        timed("one whole plan: rules, gates, clocks and notices too", 1, lambda: maker.make(usual))[1]
    )
    for count in (150, 6000):
        for unlike, said in ANSWERED.items():
            doing = partial(plan_all, scheduler, cases(count, unlike))
            rows.append(timed(f"plans made, {said}", count, doing)[1])
            if count == 150:  # the scheduler keeps some 250 networks, so only a board's own are known again
                rows.append(timed(f"the same plans made again, {said}", count, doing)[1])
    problem = scheduler.problem(usual, "usual")
    rows.append(timed("runs of a forecast", 1000, lambda: forecast(problem, runs=1000))[1])
    for unlike in (0, 1 / 6):
        rows.extend(portfolio_rows(unlike))
    return rows


def portfolio_rows(unlike: float) -> list[Row]:
    """A portfolio of 150: dating every possible day, choosing, and a second look once everything is dated."""
    said = ANSWERED[unlike]
    board, market_maker = portfolio(150, unlike), MarketMaker(the_maker(), TODAY)
    market, dating = timed("", 1, lambda: market_maker.market(board))
    options = sum(len(one.options) for one in market.choices)
    spread, choosing = timed("", 1, lambda: spread_out(market))
    _, again = timed("", 1, lambda: spread_out(market_maker.market(board)))
    return [
        Row(f"possible days of 150 practices dated, {said}", options, dating.seconds),
        Row(f"practices spread by the solver ({spread.outcome}), {said}", 150, choosing.seconds),
        Row(f"practices spread again, as a what-if does, {said}", 150, again.seconds),
    ]


def main() -> None:
    """Print the table."""
    rows = measured()
    lines = [
        "| What | How many | Processor seconds | ms each | Ratio to one plan |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [one.told(rows[0].seconds) for one in rows]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
