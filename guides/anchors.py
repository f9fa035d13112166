"""Anchors: earlier slugs of sections and steps, so that old links into a page still lead somewhere."""

import re
from collections.abc import Iterable, Mapping

from guides.document import Content, steps_of

ID = re.compile(r' id="([^"]*)"')
PAGE_PLACES = ("main", "said", "failed", "path", "path-skills")  # ids of the guide's page, see templates/

Former = Mapping[str, Iterable[str]]  # earlier slugs, by the id of a section or step


def section_anchors(content: Content, texts: Iterable[str], former: Former) -> dict[str, tuple[str, ...]]:
    """Return the ids that old links to each section of `content` lead to; `texts` is what its page shows."""
    slugs = [section["slug"] for section in content["sections"]]
    taken = {*PAGE_PLACES, "sources", *slugs, *(f"steps-{slug}" for slug in slugs), *_ids(texts)}
    taken |= {f"source-{source['key']}" for source in content["sources"]}
    own = {section["id"]: former.get(section["id"], ()) for section in content["sections"]}
    return _free(own, taken)


def step_anchors(content: Content, texts: Iterable[str], former: Former) -> dict[str, tuple[str, ...]]:
    """Return the ids that old links to each step of `content` lead to; `texts` is what its page shows."""
    steps = steps_of(content)
    taken = {*(f"step-{step['slug']}" for step in steps), *_ids(texts)}
    own = {step["id"]: [f"step-{slug}" for slug in former.get(step["id"], ())] for step in steps}
    return _free(own, taken)


def _ids(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in ID.findall(text)}


def _free(wanted: Former, taken: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the `wanted` names of each id without those that are `taken`, each name but once."""
    free: dict[str, tuple[str, ...]] = {}
    for key, names in wanted.items():
        free[key] = tuple(name for name in dict.fromkeys(names) if name not in taken)
        taken = taken | set(free[key])
    return free
