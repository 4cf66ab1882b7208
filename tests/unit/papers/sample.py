"""A made-up paper with every kind of block."""

from datetime import date

from godwit.papers.paper import (
    TICK_BOX,
    TICKED,
    Bullets,
    Column,
    Field,
    Fields,
    Heading,
    Note,
    PageBreak,
    Paper,
    Signature,
    Table,
    Text,
    Tick,
    TickList,
)

MADE_ON = date(2026, 11, 21)


def sample(landscape: bool = False, rows: int = 60) -> Paper:
    columns = (Column("No"), Column("Task", 4), Column("Who", 2), Column("Done"))
    tasks = tuple(
        (f"X{n:03}", "Print the list & <check> it", "Practice manager", TICKED if n % 2 else TICK_BOX)
        for n in range(rows)
    )
    return Paper(
        title="Running order of the go-live day",
        made_on=MADE_ON,
        subtitle="Example Surgery",
        footer="Example Surgery, clinical system migration",
        landscape=landscape,
        sources=("A:01", "H:123"),
        blocks=(
            Heading("Before you begin"),
            Text("Read **all** of it → then start, Llŷr."),
            Note("warning", "Enter nothing into the old system."),
            Note("advice", "Have a pen ready."),
            Bullets(("First point", "Second **bold** point")),
            Heading("Tasks", 2),
            Table(columns, tasks),
            Fields((Field("Practice", "Example Surgery"), Field("Remarks", lines=3))),
            Fields(()),
            TickList((Tick("Phones are on divert"), Tick("Kit is there", done=True))),
            PageBreak(),
            Signature("Practice manager", "I have checked the data."),
        ),
    )
