"""Histories of a path for property tests: editors change it, each change is an edition."""

import copy
from dataclasses import dataclass, field

from hypothesis import strategies as st

from guides.checks import findings_of
from guides.document import Content, CreditDocument, Document, StepDocument
from guides.history import live_steps, next_document
from guides.progress import State
from tests.guides.documents import content as content_of
from tests.guides.documents import step as step_of


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

    def replace(self, old: list[StepDocument], count: int) -> list[StepDocument]:
        """Retire the steps `old` for `count` new ones like the first of them, and record the credit."""
        place = {key: old[0][key] for key in ("choice", "route", "optional")}
        new = [self.add(self.stage_of(old[0]), **place) for _ in range(count)]
        for step in old:
            self.retire(step)
        self.credits.append({"old": [step["id"] for step in old], "new": [step["id"] for step in new]})
        return new

    def plain(self) -> list[StepDocument]:
        """Return the steps that are a requirement each."""
        return [step for step in self.live() if not step["optional"] and not step["choice"]]

    def ever(self) -> list[str]:
        """Return the ids of all steps so far, of other guides too."""
        return [*(f"s{number}" for number in range(1, self.steps + 1)), *FOREIGN]

    def stage_of(self, step: StepDocument) -> int:
        return next(number for number, stage in enumerate(self.content["stages"]) if step in stage["steps"])


VERBS = (
    *("add", "retire", "retire choice", "rename", "move", "optional", "replace", "split", "merge", "back"),
    *("choose", "ungroup", "credit"),
)
FOREIGN = ("f1", "f2")  # steps of other guides


@st.composite
def histories(draw, verbs=VERBS):
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
    if verb == "add":
        history.add(draw(st.integers(0, 1)), optional=draw(st.booleans()))
    elif verb == "retire":
        history.retire(step)
    elif verb == "retire choice":
        for other in [other for other in history.live() if other["choice"] == step["choice"] != ""]:
            history.retire(other)
    elif verb == "rename":
        step["title"] += "'"
    elif verb == "move":
        history.retire(step)
        history.content["stages"][1 - stage]["steps"].append(step)
    elif verb == "optional":
        step["optional"] = not step["optional"]
    elif verb in ("replace", "split"):
        history.replace([step], 1 if verb == "replace" else 2)
    elif verb == "merge":
        other = draw(st.sampled_from(history.live()))
        if other["id"] != step["id"]:
            history.replace([step, other], 1)
    elif verb == "back":
        bring_back(draw, history)
    elif verb == "choose":
        for number, other in enumerate(
            other for other in history.plain() if history.stage_of(other) == stage
        ):
            other["choice"], other["route"] = f"one of stage {stage}", f"route {number % 3}"
    elif verb == "ungroup":
        for other in [other for other in history.live() if other["choice"] == step["choice"]]:
            other["choice"] = other["route"] = ""
    elif verb == "credit":
        give_credit(draw, history)


def bring_back(draw, history: History) -> None:
    """Put a retired step back on the path."""
    live = live_steps(history.content)
    past = [own for own in history.editions[-1]["past_steps"] if own["id"] not in live]
    if past:
        back = draw(st.sampled_from(past))
        history.content["stages"][0]["steps"].append(step_of(back["id"]))


def give_credit(draw, history: History) -> None:
    """Record that any steps, of the past and of other guides too, count for any others."""
    steps = draw(st.lists(st.sampled_from(history.ever()), min_size=2, max_size=4, unique=True))
    cut = draw(st.integers(1, len(steps) - 1))
    history.credits.append({"old": steps[:cut], "new": steps[cut:]})


@st.composite
def sayings(draw, history: History) -> dict[str, State]:
    """Draw what a learner said of the steps that were ever on the path, and of those of other guides."""
    return draw(st.dictionaries(st.sampled_from(history.ever()), st.sampled_from([*State, State.DONE])))


@st.composite
def histories_with_sayings(draw, verbs=VERBS):
    """Draw a history, and what a learner said of its steps."""
    history = draw(histories(verbs))
    return history, draw(sayings(history))
