"""Credit on a path as its learner meets it: what it could count, and what it keeps of the past."""

from typing import TypedDict

from accounts.changes import origins
from accounts.paths import Path
from guides.document import steps_of, titles_of
from guides.progress import State


def declined(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the steps that would count as done had the learner said nothing of them, each with the steps
    that it would be counted from.
    """
    done = {step for step, state in path.progress.states.items() if state == State.DONE}
    own = {step for step, state in path.said.items() if state != State.DONE}
    return {
        step: tuple(have)
        for credit in path.document["credits"]
        for have, gives in ((credit["old"], credit["new"]), (credit["new"], credit["old"]))
        if done.issuperset(have)
        for step in own.intersection(gives)
    }


class Past(TypedDict):
    """A step that is done and no longer on the path, with the titles of what it is counted from."""

    id: str
    title: str
    counted_from: list[str]


def past(path: Path) -> list[Past]:
    """Return what the learner has done of `path` that is no longer part of it.

    What is counted from steps of the path is left out: it shows there, and who did these may never have
    seen the other.
    """
    counted_from, titles = path.progress.counted_from, titles_of(path.document)
    live = {step["id"] for step in steps_of(path.document)}
    done = [step for step in path.document["past_steps"] if path.progress.state(step["id"]) == State.DONE]
    sources = {step["id"]: origins(step["id"], counted_from) for step in done}
    return [
        {
            "id": step["id"],
            "title": step["title"],
            "counted_from": [titles.get(other, "") for other in sources[step["id"]] if other != step["id"]],
        }
        for step in done
        if live.isdisjoint(sources[step["id"]])
    ]
