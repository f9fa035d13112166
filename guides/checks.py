"""What keeps a working copy from being published."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from django.urls import reverse

from guides.anchors import ID, PAGE_PLACES
from guides.document import Content, SectionDocument, StageDocument, StepDocument, steps_of
from guides.figures import bare_figures
from guides.mentions import cited_keys, named_pictures
from guides.numbering import NumberedSource
from guides.rendering import RenderedGuide, render
from guides.requirements import requirements_of

LINK = re.compile(r'<a href="([^"]*)"')


@dataclass(frozen=True)
class Finding:
    """Why publishing is refused, and the id of the step, section or stage where it can be mended."""

    message: str
    where: str = ""


def findings_of(content: Content) -> list[Finding]:
    """Return all that is wrong with `content`; an empty list means that it can be published."""
    shown = render(content)
    return [
        *_empty_stages(content["stages"]),
        *_nothing_required(content["stages"]),
        *_choices(content["stages"]),
        *_cycle(steps_of(content)),
        *_unknown_citations(content),
        *_unknown_pictures(content),
        *_dead_links(content, shown),
        *_repeated_places(content, shown),
    ]


def advice_on(content: Content) -> list[Finding]:
    """Return what a reader would miss in `content` and what keeps nobody from publishing it."""
    return [
        Finding(f"In “{text['title']}” no source stands beside: {sentence}", text["id"])
        for text in _texts(content)
        for sentence in bare_figures(text["body"])
    ]


def _empty_stages(stages: Iterable[StageDocument]) -> Iterator[Finding]:
    for stage in stages:
        if not stage["steps"]:
            yield Finding(
                f"The stage “{stage['title']}” has no step. Add one, or take the stage away.", stage["id"]
            )


def _nothing_required(stages: Iterable[StageDocument]) -> Iterator[Finding]:
    if not requirements_of(stages):
        yield Finding("The path asks for nothing. Add a step that is not optional.")


def _choices(stages: Iterable[StageDocument]) -> Iterator[Finding]:
    found: dict[str, list[tuple[str, StepDocument]]] = {}
    for stage in stages:
        for step in stage["steps"]:
            if step["choice"]:
                found.setdefault(step["choice"], []).append((stage["id"], step))
    for choice, members in found.items():
        yield from _choice(choice, members)


def _choice(choice: str, members: list[tuple[str, StepDocument]]) -> Iterator[Finding]:
    first = members[0][1]
    if len({step["route"] for _, step in members}) < 2:
        yield Finding(
            f"The choice “{choice}” has a single route, at the step “{first['title']}”. "
            "Add another route, or clear the choice.",
            first["id"],
        )
    for stage, step in members:
        if stage != members[0][0]:
            yield Finding(
                f"The step “{step['title']}” belongs to the choice “{choice}” of another stage. "
                "Move it there, or name its choice otherwise.",
                step["id"],
            )
        if step["optional"]:
            yield Finding(
                f"The step “{step['title']}” is optional, which a step of a choice cannot be.", step["id"]
            )


def _cycle(path: Iterable[StepDocument]) -> Iterator[Finding]:
    steps = {step["id"]: step for step in path}
    try:
        TopologicalSorter({step["id"]: step["after"] for step in steps.values()}).prepare()
    except CycleError as error:
        cycle: list[str] = error.args[1]
        titles = " after ".join(f"“{steps[step]['title']}”" for step in reversed(cycle))
        yield Finding(f"The advice of what comes first goes in a circle: {titles}.", cycle[0])


def _texts(content: Content) -> list[SectionDocument | StepDocument]:
    return [*content["sections"], *steps_of(content)]


def _unknown_citations(content: Content) -> Iterator[Finding]:
    known = {source["key"] for source in content["sources"]}
    for text in _texts(content):
        for key in sorted(cited_keys([text["body"]]) - known):
            yield Finding(
                f"“{text['title']}” cites [@{key}], which is no source. Add the source, or mend the key.",
                text["id"],
            )


def _unknown_pictures(content: Content) -> Iterator[Finding]:
    known = {picture["slug"] for picture in content["pictures"]}
    for text in _texts(content):
        for slug in sorted(named_pictures([text["body"]]) - known):
            yield Finding(
                f"“{text['title']}” shows picture:{slug}, which is no picture. Add it, or mend the slug.",
                text["id"],
            )


def _dead_links(content: Content, shown: RenderedGuide) -> Iterator[Finding]:
    """Find links that lead to a place on the guide's own pages which is not there."""
    guide_page, path_page = (reverse(name, args=[content["slug"]]) for name in ("guide", "path"))
    pages = (f"{guide_page}#", f"{path_page}#")
    there = {f"{guide_page}#{place}" for place in _guide_places(content, shown)}
    there |= {f"{path_page}#{place}" for place in _path_places(content, shown)}
    texts = [section.html for section in shown.sections] + list(shown.steps.values())
    for text, html in zip(_texts(content), texts, strict=True):
        for address in dict.fromkeys(LINK.findall(html)):
            target = f"{guide_page}{address}" if address.startswith("#") else address
            if target.startswith(pages) and target not in there:
                yield Finding(f"“{text['title']}” links to {address}, which is not there.", text["id"])


def _guide_places(content: Content, shown: RenderedGuide) -> Iterator[str]:
    """Yield the ids of the page that shows the sections; see templates/guides/."""
    yield from ("path", "path-skills") if content["skills"] else ("path",)
    yield from _source_places(shown.sources)
    for section in shown.sections:
        yield section.slug
        yield from ID.findall(section.html)


def _path_places(content: Content, shown: RenderedGuide) -> Iterator[str]:
    """Yield the ids of the page that shows the steps; see templates/accounts/path.html."""
    yield from _source_places(shown.step_sources)
    yield from (f"stage-{stage['slug']}" for stage in content["stages"])
    for step in steps_of(content):
        yield f"step-{step['slug']}"
        yield from ID.findall(shown.steps[step["id"]])


def _source_places(sources: Iterable[NumberedSource]) -> list[str]:
    places = [f"source-{entry.source['key']}" for entry in sources]
    return [*places, "sources"] if places else []


def _repeated_places(content: Content, shown: RenderedGuide) -> Iterator[Finding]:
    """Find names that stand twice on the guide's page: a link to one could lead to either."""
    seen = {*PAGE_PLACES, *_source_places(shown.sources)}
    for section, part in zip(content["sections"], shown.sections, strict=True):
        own = [part.slug, *ID.findall(part.html)]
        for place in sorted({name for name in own if name in seen or own.count(name) > 1}):
            yield Finding(
                f"“{section['title']}” uses the name #{place}, which stands elsewhere on the page too. "
                "Change the slug, the heading or the term.",
                section["id"],
            )
        seen.update(own)
