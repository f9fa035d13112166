"""The list of guides, and a guide, as a visitor, a learner and an editor meet them."""

import gzip
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from guides.models import Guide
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    GuideFactory,
    PictureFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    published_guide,
    step_of,
)

GUIDES = reverse("guides")


def page_of(guide):
    return reverse("guide", args=[guide.slug])


def hide(guide):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())


def text(html):
    """Return what is read of a piece of HTML."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).strip()


def items(response, pattern):
    """Return what is read of each place of a page that `pattern` finds."""
    return [text(found) for found in re.findall(pattern, response.content.decode(), re.DOTALL)]


# --- A to Z ------------------------------------------------------------------------------------


def test_guides_stand_under_their_letters(visitor, db):
    for title in ("Nurse", "Baker", "Blacksmith"):
        published_guide(title=title)
    response = visitor.get(GUIDES)
    assert items(response, r"<h2 id=.*?</h2>") == ["B", "N"]
    assert items(response, r"<h3>.*?</h3>") == ["Baker", "Blacksmith", "Nurse"]


def test_guides_say_how_long_their_paths_are(visitor, guide):
    assert items(visitor.get(GUIDES), r'<span class="badge.*?</span>') == ["4 steps", "edition 1"]


def test_drafts_and_hidden_guides_are_not_listed(visitor, editor_client, guide):
    guide_with_path()
    hide(guide)
    for client in (visitor, editor_client):
        assert items(client.get(GUIDES), r"<h3>.*?</h3>") == []
    assert items(visitor.get(GUIDES), r"<h2>.*?</h2>") == ["No guide is published yet"]


def test_guides_are_listed_as_they_are_published(visitor, guide):
    Guide.objects.filter(pk=guide.pk).update(title="Secret", summary="Secret")
    assert "Secret" not in visitor.get(GUIDES).content.decode()


@pytest.mark.parametrize("guides", [1, 3])
def test_list_costs_a_visitor_one_query(visitor, db, guides, django_assert_num_queries):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(1):
        assert len(items(visitor.get(GUIDES), r"<h3>.*?</h3>")) == guides


@pytest.mark.parametrize("guides", [1, 3])
def test_list_costs_a_learner_three_queries(learner_client, guides, django_assert_num_queries):
    for _ in range(guides):
        published_guide()
    with django_assert_num_queries(3):  # session, user and editions
        learner_client.get(GUIDES)


# --- A guide -----------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [3, 60])
def test_guide_costs_a_visitor_two_queries_and_then_one(visitor, db, steps, django_assert_num_queries):
    guide = GuideFactory()
    StepFactory.create_batch(steps, stage=StageFactory(guide=guide))
    guide.publish(by=None)
    for count in (2, 1):  # the edition, and its document
        with django_assert_num_queries(count):
            visitor.get(page_of(guide))


@pytest.mark.parametrize("steps", [3, 60])
def test_guide_costs_a_learner_four_queries(learner_client, steps, django_assert_num_queries):
    guide = GuideFactory()
    StepFactory.create_batch(steps, stage=StageFactory(guide=guide))
    guide.publish(by=None)
    with django_assert_num_queries(4):  # session, user, edition and document
        learner_client.get(page_of(guide))


def test_guide_shows_its_sections_in_order(visitor, guide):
    SectionFactory(guide=guide, title="Pay", body="It **pays**.")
    guide.publish(by=None)
    response = visitor.get(page_of(guide))
    assert items(response, r"<h2 id=.*?</h2>") == ["Overview #", "Pay #", "The path #", "From here on"]
    assert items(response, r"<p>It .*?</p>") == ["It pays."]


def test_guide_sums_up_what_it_has(visitor, guide):
    step = step_of(guide, "Read")
    step.skills.add(SkillFactory(name="Baking"), SkillFactory(name="Selling"))
    step.courses.add(CourseFactory())
    step.certifications.add(CertificationFactory(), CertificationFactory())
    step.sources.add(SourceFactory())
    guide.publish(by=None)
    facts = items(visitor.get(page_of(guide)), r"<dt>.*?</dt><dd>.*?</dd>")
    assert facts[:4] == [
        "Path2 stages, 4 steps",
        "Skills2 on the way",
        "Training1 course, 2 certifications",
        "Sources1, with publisher and date",
    ]


def test_guide_links_each_stage_of_its_path(visitor, guide):
    found = re.findall(
        r'<a href="([^"]+#stage-[^"]+)">([^<]+)<', visitor.get(page_of(guide)).content.decode()
    )
    path = reverse("path", args=[guide.slug])
    assert found == [(f"{path}#stage-learn", "Learn"), (f"{path}#stage-work", "Work")]


def test_guide_numbers_its_sources_as_its_texts_cite_them(visitor, guide):
    for key in ("first", "second"):
        SourceFactory(key=key, publisher=key.title(), title="Work")
    guide.sections.update(body="Bread rises [@second]. Stones do not [@first].")
    guide.publish(by=None)
    content = visitor.get(page_of(guide)).content.decode()
    assert re.findall(r'href="#source-(\w+)" aria-label="Source (\d)"', content) == [
        ("second", "1"),
        ("first", "2"),
    ]
    assert re.findall(r'<li id="source-(\w+)" value="(\d)">', content) == [("second", "1"), ("first", "2")]


def test_source_leads_back_to_the_sections_that_cite_it(visitor, guide):
    SourceFactory(key="bls")
    step_of(guide, "Read").sources.add(SourceFactory(key="uncited"))
    guide.sections.update(body="Bread rises [@bls].")
    SectionFactory(guide=guide, title="Pay", body="It pays [@bls].")
    guide.publish(by=None)
    content = visitor.get(page_of(guide)).content.decode()
    (back,) = re.findall(r'<p class="soft cited-in">(.*?)</p>', content)
    places = re.findall(r'href="#(.*?)"', back)
    assert places == ["overview.cites-bls", "pay.cites-bls"]
    assert [content.count(f'id="{place}"') for place in places] == [1, 1]
    assert text(back) == "Back to: Overview, Pay"


def test_section_names_the_steps_that_it_explains(visitor, guide):
    guide.sections.get().steps.set([step_of(guide, "Build"), step_of(guide, "Read")])
    SectionFactory(guide=guide, title="Pay")
    guide.publish(by=None)
    found = re.findall(r'<ul class="left".*?</ul>', visitor.get(page_of(guide)).content.decode())
    path = reverse("path", args=[guide.slug])
    assert [re.findall(r'href="(.*?)">(.*?)<', steps) for steps in found] == [
        [(f"{path}#step-read", "Read"), (f"{path}#step-build", "Build")]
    ]


def test_guide_shows_its_pictures(visitor, guide):
    PictureFactory(slug="oven", alt="A hot oven", files=[{"name": f"{'a' * 20}.svg", "width": 1200}])
    guide.sections.update(body='![](picture:oven "Hot.")')
    guide.publish(by=None)
    content = visitor.get(page_of(guide)).content.decode()
    assert re.findall(r'<figure><img src="(.*?)".*? alt="(.*?)".*?<figcaption>(.*?)<', content) == [
        (f"/pictures/{'a' * 20}.svg", "A hot oven", "Hot.")
    ]


def test_guide_escapes_what_staff_wrote(visitor, guide):
    guide.sections.update(title="<b>x</b>", body="<script>x</script> [x](javascript:x)")
    guide.publish(by=None)
    content = visitor.get(page_of(guide)).content.decode()
    assert (content.count("<b>x"), content.count("<script>"), content.count('"javascript:')) == (0, 0, 0)


def test_guide_is_read_as_it_is_published(visitor, editor_client, guide):
    guide.sections.update(body="Secret")
    for client in (visitor, editor_client):
        assert "Secret" not in client.get(page_of(guide)).content.decode()
    guide.publish(by=None)
    assert "Secret" in visitor.get(page_of(guide)).content.decode()


def test_draft_is_not_found(visitor, editor_client, db):
    draft = guide_with_path()
    assert [client.get(page_of(draft)).status_code for client in (visitor, editor_client)] == [404, 404]


def test_hidden_guide_is_not_found(visitor, learner_client, guide):
    assert visitor.get(page_of(guide)).status_code == 200
    hide(guide)
    assert [client.get(page_of(guide)).status_code for client in (visitor, learner_client)] == [404, 404]


def test_guide_under_a_slug_that_is_none_is_not_found(visitor, db):
    assert [visitor.get(f"/guides/{slug}/").status_code for slug in ("nothing", "a b", "a%00b")] == [404] * 3


def test_guide_is_not_for_posts(visitor, guide):
    assert visitor.post(page_of(guide)).status_code == 405
    assert visitor.post(GUIDES).status_code == 405


# --- The kept page -----------------------------------------------------------------------------


def test_page_that_the_reader_has_is_not_sent_again(visitor, guide):
    tag = visitor.get(page_of(guide))["ETag"]
    response = visitor.get(page_of(guide), headers={"If-None-Match": tag})
    assert (response.status_code, response.content) == (304, b"")


def test_page_of_another_edition_is_sent(visitor, guide):
    tag = visitor.get(page_of(guide))["ETag"]
    guide.sections.update(body="Another text.")
    guide.publish(by=None)
    assert visitor.get(page_of(guide), headers={"If-None-Match": tag}).status_code == 200


def test_page_is_compressed_for_those_who_can_read_it(visitor, guide):
    plain = visitor.get(page_of(guide))
    packed = visitor.get(page_of(guide), headers={"Accept-Encoding": "br, gzip"})
    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert gzip.decompress(packed.content) == plain.content


def test_page_may_be_kept_when_it_is_asked_for_anew(visitor, guide):
    response = visitor.get(page_of(guide))
    assert (response["Cache-Control"], response["Vary"]) == ("no-cache", "Accept-Encoding, Cookie")


def test_page_of_a_learner_is_not_given_to_a_visitor(visitor, learner_client, learner, guide):
    assert learner.email in learner_client.get(page_of(guide)).content.decode()
    assert learner.email not in visitor.get(page_of(guide)).content.decode()


def test_page_of_a_visitor_is_not_given_to_a_learner(visitor, learner_client, learner, guide):
    tag = visitor.get(page_of(guide))["ETag"]
    response = learner_client.get(page_of(guide), headers={"If-None-Match": tag})
    assert learner.email in response.content.decode()


def test_list_puts_names_under_one_letter_whatever_their_case(visitor, db):
    for number, title in enumerate(["Zookeeper", "iOS developer", "Illustrator"]):
        published_guide(slug=f"guide-{number}", title=title)
    content = visitor.get(reverse("guides")).content.decode()
    assert re.findall(r'id="letter-(.)"', content) == ["I", "Z"]
