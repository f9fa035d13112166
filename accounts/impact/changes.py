"""What happened to the requirements of a path, and how that moves percents, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.impact.components import Component
from accounts.impact.words import are, number, quoted, titles_in
from guides.document import steps_of
from guides.requirements import Requirement

OTHERWISE = "what was done is counted differently now"
Pair = tuple[list[str], list[str]]


@dataclass
class Changes:
    """What happened, as titles: steps and choices that are required now, steps that are optional now, what is
    not asked for any more, choices with other routes, requirements that became others, steps that count for
    others.
    """

    required: list[str] = field(default_factory=list)
    optional: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    rerouted: list[str] = field(default_factory=list)
    became: list[Pair] = field(default_factory=list)
    credited: list[Pair] = field(default_factory=list)

    def reasons(self, *, lower: bool) -> list[str]:
        """Return why percents fall (`lower`) or rise, as clauses to put after “because”."""
        told = [
            *([_required(self.required, lower)] if self.required else []),
            *([_optional(self.optional, lower)] if self.optional else []),
            *([_rerouted(self.rerouted)] if self.rerouted else []),
            *(_became(old, new) for old, new in self.became),
            *(_credited(old, new) for old, new in self.credited),
        ]
        if self.gone and not (lower and told):  # what is kept lowers nobody: look for the reason elsewhere
            told.append(f"{quoted(self.gone)} {are(self.gone)} no longer asked for")
        return told or [OTHERWISE]


def _required(titles: list[str], lower: bool) -> str:
    if lower:
        return f"the path asks for more: {quoted(titles)} {are(titles)} required now"
    return f"what they have done counts now: {quoted(titles)} {are(titles)} required"


def _optional(titles: list[str], lower: bool) -> str:
    told = f"{quoted(titles)} {are(titles)} optional now"
    if not lower:
        return told
    if len(titles) == 1:
        return f"{told} and no longer counts as one of the requirements"
    return f"{told} and no longer count as requirements"


def _rerouted(choices: list[str]) -> str:
    if len(choices) == 1:
        return f"the choice {quoted(choices)} has other routes now"
    return f"the choices {quoted(choices)} have other routes now"


def _became(old: list[str], new: list[str]) -> str:
    if len(old) == len(new):
        return f"{quoted(new)} {'takes' if len(new) == 1 else 'take'} the place of {quoted(old)}"
    were = "was" if len(old) == 1 else "were"
    return f"{quoted(old)}, which {were} {number(len(old))}, {are(old)} {number(len(new))} now: {quoted(new)}"


def _credited(old: list[str], new: list[str]) -> str:
    return f"{quoted(old)} {'counts' if len(old) == 1 else 'count'} for {quoted(new)} now"


def changes_of(components: Iterable[Component]) -> Changes:
    """Return what happened to the requirements of `components`."""
    changes = Changes()
    for component in components:
        _note(component, changes)
    return changes


def _note(component: Component, changes: Changes) -> None:
    """Add what happened to `component`; of its credit records only where nothing else tells of them."""
    before, after = component.requirements
    gone = [before[key] for key in before if key not in after]
    come = [after[key] for key in after if key not in before]
    rerouted = [key for key in after if key in before and set(after[key].routes) != set(before[key].routes)]
    changes.rerouted += _titles(after[key] for key in rerouted)
    if gone and come:
        changes.became.append((_titles(gone), _titles(come)))
    elif come:
        changes.required += _titles(come)
    else:
        live = {step["id"] for step in steps_of(component.after)}
        changes.optional += _titles(old for old in gone if old.key in live)
        changes.gone += _titles(old for old in gone if old.key not in live)
        changes.credited += _new_credits(component)


def _titles(requirements: Iterable[Requirement]) -> list[str]:
    return [requirement.title for requirement in requirements]


def _new_credits(component: Component) -> list[Pair]:
    fresh = [credit for credit in component.after["credits"] if credit not in component.before["credits"]]
    titles = titles_in(component.after)
    return [([titles[step] for step in one["old"]], [titles[step] for step in one["new"]]) for one in fresh]
