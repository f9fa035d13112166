"""What a new edition changes on the path for one learner. Pure: no database, no clock."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guides.document import Document, StepDocument, steps_of, titles_of
from guides.progress import Progress, State, progress_of

TEXTS = ("title", "body", "done_when")
ASKED = ("optional", "choice", "route")


@dataclass(frozen=True)
class Counted:
    """A step of the path that counts as done by now; `done` are the titles of what the learner did."""

    step: StepDocument
    done: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What is different on a path between two editions.

    `added`, `rewritten` and `asked` are steps of the new one: they were not there, have other words, or are
    asked for in another way, which is optional or in a choice. `retired` are steps of the old one. `percent`
    is the learner's, `was` what the same states come to in the old edition, and `why` says in words why they
    differ, if they do.
    """

    added: tuple[StepDocument, ...]
    retired: tuple[StepDocument, ...]
    rewritten: tuple[StepDocument, ...]
    asked: tuple[StepDocument, ...]
    counted: tuple[Counted, ...]
    percent: int
    was: int
    why: str

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.words or self.why)

    @property
    def words(self) -> str:
        """The changes in numbers, such as "2 new steps, 1 retired"; empty if every step is as it was."""
        kinds = (
            (self.added, "new"),
            (self.retired, "retired"),
            (self.rewritten, "rewritten"),
            (self.asked, "asked for in another way"),
            (self.counted, "counted from what you did"),
        )
        told = [(len(steps), what) for steps, what in kinds if steps]
        words = [f"{count} {what}" for count, what in told]
        for count, what in told[:1]:  # the first says what is counted
            words[0] = _number(count, "new step") if what == "new" else f"{_number(count, 'step')} {what}"
        return ", ".join(words)


def changes_of(old: Document, new: Document, said: Mapping[str, State]) -> Changes:
    """Return what changed on the path from `old` to `new` for a learner who `said` these states."""
    before = {step["id"]: step for step in steps_of(old)}
    path = {step["id"]: step for step in steps_of(new)}
    kept = [(before[key], step) for key, step in path.items() if key in before]
    was, now = progress_of(old, said), progress_of(new, said)
    return Changes(
        added=tuple(step for key, step in path.items() if key not in before),
        retired=tuple(step for key, step in before.items() if key not in path),
        rewritten=tuple(step for earlier, step in kept if _differ(earlier, step, TEXTS)),
        asked=tuple(step for earlier, step in kept if _differ(earlier, step, ASKED)),
        counted=tuple(_counted(new, was, now)),
        percent=now.percent,
        was=was.percent,
        why=_why(was, now) if was.percent != now.percent else "",
    )


def _differ(one: StepDocument, other: StepDocument, fields: tuple[str, ...]) -> bool:
    return any(one[field] != other[field] for field in fields)  # type: ignore[literal-required]  # names of fields


def _counted(new: Document, was: Progress, now: Progress) -> Iterator[Counted]:
    """Yield the steps of the path that are counted now and were not done before."""
    titles = titles_of(new)
    for step in steps_of(new):
        if step["id"] in now.counted_from and was.state(step["id"]) != State.DONE:
            done = (titles.get(other, "") for other in origins(step["id"], now.counted_from))
            yield Counted(step, tuple(filter(None, done)))


def origins(step: str, counted_from: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the steps that a learner said are done and that `step` is counted from, by whatever detours."""
    reached = [step]
    for key in reached:  # grows on the way
        reached += [other for other in counted_from.get(key, ()) if other not in reached]
    return [key for key in reached if key not in counted_from]


def _why(was: Progress, now: Progress) -> str:
    """Return why the percent is another one, as the end of a sentence."""
    more, met = now.total - was.total, now.met - was.met
    reasons = [
        f"the path has {_number(more, 'more requirement')}" if more > 0 else "",
        f"the path has {_number(-more, 'fewer requirement')}" if more < 0 else "",
        f"you meet {met} more" if met > 0 else "",
        f"{-met} that you had met {'is' if met == -1 else 'are'} no longer asked for" if met < 0 else "",
    ]
    return ", and ".join(filter(None, reasons))


def _number(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
