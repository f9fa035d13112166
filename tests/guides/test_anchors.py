"""Old links to sections and steps: they lead to what has another slug now."""

import re

import pytest
from django.urls import reverse

from guides.rendering import render
from guides.working_copy import content_of
from tests.factories import SectionFactory, SourceFactory, StepFactory, guide_with_path, step_of
from tests.guides.documents import content, section, source, step

ID = re.compile(r' id="([^"]*)"')


def rename(guide, old, new):
    for parts in (guide.sections, guide.steps):
        parts.filter(slug=old).update(slug=new)
    guide.publish(by=None)


def page(client, name, guide):
    return client.get(reverse(name, args=[guide.slug])).content.decode()


def test_old_link_to_a_step_leads_to_its_row(visitor, learner_client, guide):
    rename(guide, "try", "attempt")
    for client in (visitor, learner_client):
        (row,) = re.findall(
            r'<li class="step \w+" id="step-attempt">.*?</summary>', page(client, "path", guide), re.DOTALL
        )
        assert '<summary><span id="step-try"></span><span class="title">Try</span>' in row


def test_old_link_to_a_section_leads_to_its_heading(visitor, guide):
    rename(guide, "overview", "in-short")
    assert '<h2 id="in-short"><span id="overview"></span>Overview' in page(visitor, "guide", guide)


def test_links_from_several_editions_lead_there(visitor, guide):
    for old, new in (("try", "attempt"), ("attempt", "dare")):
        rename(guide, old, new)
    assert '<span id="step-try"></span><span id="step-attempt"></span>' in page(visitor, "path", guide)


def test_name_that_another_step_has_is_its_own(visitor, guide):
    rename(guide, "try", "attempt")
    StepFactory(stage=guide.stages.first(), title="Try another", slug="try")
    guide.publish(by=None)
    content = page(visitor, "path", guide)
    assert (content.count('<span id="step-try">'), content.count('id="step-try"')) == (0, 1)


@pytest.mark.parametrize("taken", ["main", "path", "sources", "steps-now", "now-day", "source-bls"])
def test_name_that_the_page_has_is_left_out(taken):
    made = {
        **content(["read"]),
        "sections": [section("s", "### Day\n\nSo [@bls].", slug="now", steps=["read"])],
        "sources": [source("bls")],
    }
    (shown,) = render(made, former={"s": [taken, "old"]}).sections
    assert shown.anchors == ("old",)


@pytest.mark.parametrize("taken", ["now", "now-day"])
def test_name_that_the_path_has_is_left_out(taken):
    made = content([step("a", slug="now", body="### Day"), step("b", slug="other")])
    assert render(made, former={"b": [taken, "old"]}).step_anchors == {"a": (), "b": ("step-old",)}


def test_name_that_two_had_leads_to_one():
    anchors = render(content(["a", "b"]), former={"a": ["old"], "b": ["old", "older"]}).step_anchors
    assert anchors == {"a": ("step-old",), "b": ("step-older",)}


def test_working_copy_by_itself_has_no_old_names(db):
    assert render(content_of(guide_with_path())).sections[0].anchors == ()


def test_no_id_stands_twice_after_many_changes(visitor, learner_client, guide):
    SourceFactory(key="bls")
    SectionFactory(guide=guide, title="Pay", body="### Day\n\nSo [@bls].").steps.add(step_of(guide, "Read"))
    for old, new in (
        ("pay", "wages"),
        ("overview", "pay"),
        ("read", "study"),
        ("try", "read"),
        ("pay", "sources-old"),
    ):
        rename(guide, old, new)
    for client, name in ((visitor, "guide"), (visitor, "path"), (learner_client, "path")):
        ids = ID.findall(page(client, name, guide))
        assert [place for place in ids if ids.count(place) > 1] == []
