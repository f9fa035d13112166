"""What an edition means for learners, in sentences."""

from typing import TYPE_CHECKING

from accounts.impact.figures import CreditFigures, StepFigures
from accounts.impact.words import learners, quoted

if TYPE_CHECKING:
    from accounts.impact.impact import Impact, Shift

EACH = 4  # different numbers of points that a sentence tells one by one, at most
REASONS = 2  # that a sentence gives, at most


def summary(impact: "Impact") -> str:
    """Return how many learners there are, and what matters most to them."""
    return f"{followed(impact)} {_main(impact)}" if impact.followers else followed(impact)


def followed(impact: "Impact") -> str:
    """Return how many learners there are, and for how many of them this was worked out."""
    if not impact.followers:
        return "Nobody follows this path."
    told = f"{learners(impact.followers)} {'follows' if impact.followers == 1 else 'follow'} this path"
    if impact.worked_out < impact.followers:
        return f"{told}; what it means was worked out for {impact.worked_out:,} of them."
    return f"{told}."


def _main(impact: "Impact") -> str:
    done = [step for step in impact.figures.retired if step.done]
    nobody = _nobody(impact, "falls")
    if impact.lowers:
        return _shift(impact.falls)
    if len(done) == 1:
        (step,) = done
        return f"{step.done:,} completed “{step.title}”, which you retire: they keep it, and {nobody}."
    if done:
        return f"What they completed of the {len(done)} steps that you retire they keep, and {nobody}."
    return _shift(impact.rises) if impact.rises.learners else unmoved(impact)


def unmoved(impact: "Impact") -> str:
    """Return that nobody's percent falls, or changes at all; nothing if somebody's does fall."""
    if impact.lowers or not impact.followers:
        return ""
    return f"{_nobody(impact, 'falls' if impact.rises.learners else 'changes').capitalize()}."


def _nobody(impact: "Impact", verb: str) -> str:
    known = " among these" if impact.worked_out < impact.followers else ""
    return f"nobody's percent {verb}{known}"


def _shift(shift: "Shift") -> str:
    points = shift.points.items()
    each = f" ({', '.join(f'{count:,} by {by}' for by, count in points)})" if 1 < len(points) <= EACH else ""
    return f"{moved(shift)}{each}, because {_reasons(shift.reasons)}."


def moved(shift: "Shift") -> str:
    """Return whose percent moves and how far, without a full stop."""
    whose = "1 learner's" if shift.learners == 1 else f"{shift.learners:,} learners'"
    least, most = min(shift.points), max(shift.points)
    by = f"by {most} point{'' if most == 1 else 's'}" if least == most else f"by {least} to {most} points"
    return f"{whose} percent {shift.verb}{'' if least == most else ','} {by}"


def _reasons(reasons: tuple[str, ...]) -> str:
    told = [*reasons[:REASONS]]
    if len(reasons) > REASONS:
        return f"{'; '.join(told)}; and for {len(reasons) - REASONS} more"
    return "; and because ".join(told)


def of_steps(impact: "Impact") -> list[str]:
    """Return what becomes of the steps that leave the path, are asked for anew, or are given by credit."""
    figures = impact.figures
    return [
        *map(_retired, figures.retired),
        *map(_required, figures.required),
        *map(_counted, figures.counted),
    ]


def _retired(step: StepFigures) -> str:
    done = f"{step.done:,} completed it and keep it" if step.done else "nobody completed it"
    return f"“{step.title}” leaves the path: {done}{_doing(step)}."


def _required(step: StepFigures) -> str:
    done = f"{step.done:,} {'has' if step.done == 1 else 'have'}" if step.done else "nobody has"
    return f"“{step.title}” is required now: {done} done it already{_doing(step)}."


def _doing(step: StepFigures) -> str:
    return f", {step.doing:,} {'is' if step.doing == 1 else 'are'} in the midst of it" if step.doing else ""


def _counted(credit: CreditFigures) -> str:
    gets = f"{learners(credit.learners)} {'gets' if credit.learners == 1 else 'get'}"
    return f"{gets} “{credit.title}” counted from {quoted(credit.sources)}."


def of_completion(impact: "Impact") -> list[str]:
    """Return how many reach 100, and how many stand there no longer."""
    told = []
    if impact.completing:
        told.append(
            f"{learners(impact.completing)} {'reaches' if impact.completing == 1 else 'reach'} 100 by it."
        )
    if impact.reopened:
        who = f"{learners(impact.reopened)} who stood at 100 {'does' if impact.reopened == 1 else 'do'}"
        told.append(f"{who} so no longer: they keep the date on which they completed the path.")
    return told
