"""Where entries stand, and which of them moved. Pure."""

from collections.abc import Mapping, Sequence

from guides.comparison.spans import rising
from guides.document import Content

Lanes = Mapping[str, Sequence[str]]  # ids in their order: of the steps by stage, of others all together


def lanes_of(kind: str, content: Content) -> Lanes:
    """Return the ids of the entries of `kind` that have a place; others have none."""
    if kind == "steps":
        return {stage["id"]: [step["id"] for step in stage["steps"]] for stage in content["stages"]}
    if kind == "sections":
        return {"": [section["id"] for section in content["sections"]]}
    if kind == "stages":
        return {"": [stage["id"] for stage in content["stages"]]}
    return {}


def moved(old: Lanes, new: Lanes) -> set[str]:
    """Return the ids that are in another lane, or in another order: as few as explain the new order."""
    was = {entry: (lane, place) for lane, entries in old.items() for place, entry in enumerate(entries)}
    there = {entry for entries in new.values() for entry in entries if entry in was}
    return there - {entry for lane, entries in new.items() for entry in _stayed(lane, entries, was)}


def _stayed(lane: str, entries: Sequence[str], was: Mapping[str, tuple[str, int]]) -> list[str]:
    """Return the longest row of `entries` that stood in this lane, and in this order, before."""
    here = [entry for entry in entries if was.get(entry, ("", -1))[0] == lane and entry in was]
    return [here[place] for place in rising([was[entry][1] for entry in here])]


def places_of(lanes: Lanes, titles: Mapping[str, str], stages: Mapping[str, str]) -> dict[str, str]:
    """Return in words where each entry stands; `titles` are theirs, `stages` the titles of the lanes."""
    return {
        entry: _words(titles[entries[place - 1]] if place else "", stages.get(lane, ""))
        for lane, entries in lanes.items()
        for place, entry in enumerate(entries)
    }


def _words(before: str, stage: str) -> str:
    place = f"after “{before}”" if before else "first"
    return f"{place} in “{stage}”" if stage else place
