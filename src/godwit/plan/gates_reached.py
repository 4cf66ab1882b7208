"""Whether a gate can be opened at all: nothing it asks for may itself wait behind the gate."""

from __future__ import annotations

from collections.abc import Iterator

from godwit.definitions.guide.guide import Guide
from godwit.definitions.guide.phases import Gate


def unreachable(guide: Guide, gate: Gate) -> Iterator[str]:
    """Every need that waits for a task which the gate blocks, in words; none if the gate can be opened."""
    behind = _behind(guide, gate)
    reached = {one.id: one.reached_by for one in guide.milestones}
    for need in gate.needs:
        tasks = (need.task,) if need.task else reached.get(need.milestone or "", ())
        for task in tasks:
            if task in behind:
                yield f"it asks for {task}, which waits behind the gate"


def _behind(guide: Guide, gate: Gate) -> set[str]:
    """The blocked tasks and all that come after them."""
    following: dict[str, set[str]] = {}
    for task in guide.tasks:
        for after in task.after:
            if after.kind in ("finish_to_start", "same_moment"):
                following.setdefault(after.task, set()).add(task.id)
    found, waiting = set(gate.blocks), list(gate.blocks)
    while waiting:
        for one in following.get(waiting.pop(), ()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found
