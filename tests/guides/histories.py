"""Histories of a path for property tests: editors change it, each change is an edition."""

import copy
from dataclasses import dataclass, field

from hypothesis import strategies as st

from guides.checks import findings_of
from guides.document import Content, CreditDocument, Document, StepDocument
from guides.history import next_document
from guides.progress import State

STAGES = ("a", "b")


def step_of(name: str, **given) -> StepDocument:
    """Return a required step with `name` for its id."""
    empty = {"body": "", "done_when": "", "effort_hours": 1, "optional": False, "choice": "", "route": ""}
    lists = {"after": [], "skills": [], "courses": [], "certifications": [], "sources": []}
    return {"id": name, "slug": name, "title": name, **empty, **lists, **given}


def content_of(*stages: list[StepDocument]) -> Content:
    """Return a guide with these stages."""
    rows = [
        {"id": f"stage-{number}", "slug": f"stage-{number}", "title": "", "summary": "", "steps": steps}
        for number, steps in enumerate(stages)
    ]
    return {
        "id": "guide",
        "slug": "guide",
        "title": "Guide",
        "summary": "",
        "occupation_codes": [],
        "sections": [],
        "stages": rows,
        "skills": [],
        "courses": [],
        "certifications": [],
        "sources": [],
    }


def document_of(*stages: list[StepDocument], credits: list[CreditDocument] = ()) -> Document:
    """Return the first edition of a guide with these stages."""
    return next_document(content_of(*stages), None, list(credits), [])


@dataclass
class History:
    """The editions of a path; `verbs` names what made each of them."""

    content: Content
    credits: list[CreditDocument] = field(default_factory=list)
    editions: list[Document] = field(default_factory=list)
    verbs: list[str] = field(default_factory=list)
    steps: int = 0

    def publish(self, verb: str) -> None:
        previous = self.editions[-1] if self.editions else None
        made = next_document(copy.deepcopy(self.content), previous, copy.deepcopy(self.credits), [])
        self.editions.append(made)
        self.verbs.append(verb)

    def add(self, stage: int, **given) -> StepDocument:
        self.steps += 1
        step = step_of(f"s{self.steps}", **given)
        self.content["stages"][stage]["steps"].append(step)
        return step

    def live(self) -> list[StepDocument]:
        return [step for stage in self.content["stages"] for step in stage["steps"]]

    def retire(self, step: StepDocument) -> None:
        for stage in self.content["stages"]:
            stage["steps"] = [other for other in stage["steps"] if other["id"] != step["id"]]

    def stage_of(self, step: StepDocument) -> int:
        return next(number for number, stage in enumerate(self.content["stages"]) if step in stage["steps"])


@st.composite
def histories(
    draw, verbs=("add", "retire", "rename", "move", "optional", "replace", "split", "merge", "back")
):
    """Draw the history of a path of plain steps and choices, in which every edition can be published."""
    history = History(content_of([], []))
    for stage in range(2):
        for _ in range(draw(st.integers(1, 3))):
            history.add(stage)
    if draw(st.booleans()):
        for route in ("x", "y", "z"):
            for _ in range(draw(st.integers(1, 2))):
                history.add(0, choice="one of them", route=route)
    history.publish("begin")
    for verb in draw(st.lists(st.sampled_from(verbs), max_size=8)):
        before = copy.deepcopy((history.content, history.credits))
        change(draw, history, verb)
        if findings_of(history.content):
            history.content, history.credits = before
        else:
            history.publish(verb)
    return history


def change(draw, history: History, verb: str) -> None:
    """Change the working copy of `history` as an editor would."""
    step = draw(st.sampled_from(history.live()))
    stage = history.stage_of(step)
    place = {"choice": step["choice"], "route": step["route"], "optional": step["optional"]}
    if verb == "add":
        history.add(draw(st.integers(0, 1)), optional=draw(st.booleans()))
    elif verb == "retire":
        history.retire(step)
    elif verb == "rename":
        step["title"] += "'"
    elif verb == "move":
        history.retire(step)
        history.content["stages"][1 - stage]["steps"].append(step)
    elif verb == "optional":
        step["optional"] = not step["optional"]
    elif verb in ("replace", "split"):
        count = 1 if verb == "replace" else 2
        new = [history.add(stage, **place)["id"] for _ in range(count)]
        history.credits.append({"old": [step["id"]], "new": new})
        history.retire(step)
    elif verb == "merge":
        other = draw(st.sampled_from(history.live()))
        if other["id"] != step["id"]:
            new = history.add(stage, **place)["id"]
            history.credits.append({"old": sorted([step["id"], other["id"]]), "new": [new]})
            history.retire(step)
            history.retire(other)
    elif verb == "back":
        live = {own["id"] for own in history.live()}
        past = [own for own in history.editions[-1]["past_steps"] if own["id"] not in live]
        if past:
            back = draw(st.sampled_from(past))
            history.content["stages"][0]["steps"].append(step_of(back["id"]))


@st.composite
def sayings(draw, history: History) -> dict[str, State]:
    """Draw what a learner said of the steps that were ever on the path."""
    ever = [f"s{number}" for number in range(1, history.steps + 1)]
    return draw(st.dictionaries(st.sampled_from(ever), st.sampled_from(list(State))))


@st.composite
def histories_with_sayings(draw, **given):
    history = draw(histories(**given))
    return history, draw(sayings(history))
