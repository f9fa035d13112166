"""Previews: a guide before it is public, for whoever has the link, and for nobody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.signing import Signer
from django.urls import reverse
from django.utils import timezone

from guides.models import Guide, Step
from guides.previews import LIFETIME, token_of
from guides.publishing import cancel, publish, unpublish
from tests.factories import (
    GuideFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    step_of,
)

PAGES = ("preview", "preview-path")
SIGNER = Signer(salt="guides.previews")
MINUTE = timedelta(minutes=1)


def page(client, token, name="preview", status=200):
    response = client.get(reverse(name, args=[token]))
    assert response.status_code == status
    return response.content.decode()


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def bar(client, token, name="preview"):
    found = re.search(r'<aside class="preview-bar".*?</aside>', page(client, token, name), re.DOTALL)
    return text(found[0])


def links(content):
    """Return where links and forms of the page's main part lead."""
    main = content.partition("<main")[2].partition("</main>")[0]
    return set(re.findall(r'(?:href|action|formaction)="([^"#]+)', main))


@pytest.fixture
def draft(db):
    """A guide that was never published, whose texts lead to its own pages."""
    guide = guide_with_path(title="Beekeeper", slug="beekeeper")
    body = "[a](#overview) [b](/guides/beekeeper/#path) [c](/guides/beekeeper/path/#step-try) [d](/guides/)"
    guide.sections.update(body=body)
    guide.steps.filter(title="Read").update(body=body)
    guide.sections.get().steps.add(step_of(guide, "Read"))
    return guide


# --- What is shown -----------------------------------------------------------------------------


def test_preview_shows_the_working_copy(visitor, guide):
    guide.sections.update(body="Not yet public.")
    token = token_of(guide)
    assert "Not yet public." in page(visitor, token)
    assert "Not yet public." not in visitor.get(f"/guides/{guide.slug}/").content.decode()


def test_preview_shows_the_path_of_the_working_copy(visitor, guide):
    StepFactory(stage=guide.stages.first(), title="Not yet public")
    step_of(guide, "Try").retire()
    content = page(visitor, token_of(guide), "preview-path")
    assert re.findall(r'<span class="title">(.*?)<', content) == ["Read", "Watch", "Not yet public", "Build"]


def test_preview_shows_each_change_at_once(visitor, guide):
    token = token_of(guide)
    page(visitor, token)
    guide.sections.update(body="Changed since.")
    assert "Changed since." in page(visitor, token)


# What leads away from a public guide: it is not in a preview.
AROUND = (
    re.compile(r'<nav class="guide-nav".*?</nav>', re.DOTALL),
    re.compile(r'<section class="stack around".*?</section>', re.DOTALL),
)


@pytest.mark.parametrize(("name", "public"), [("preview", "guide"), ("preview-path", "path")])
def test_preview_is_the_page_that_the_public_will_see(visitor, draft, name, public):
    preview = page(visitor, token_of(draft), name)
    draft.publish(by=None)
    content = visitor.get(reverse(public, args=[draft.slug])).content.decode()
    for part in AROUND:
        content = part.sub("", content)
    shown, read = (text(html.partition("<main")[2].partition("<aside")[0]) for html in (preview, content))
    assert shown.replace("not published yet", f"of {timezone.now():%-d %B %Y}") == read


def test_preview_of_an_edition_shows_that_edition(visitor, guide):
    first = guide.editions.get()
    Guide.objects.filter(pk=guide.pk).update(title="Baker of data")
    guide.publish(by=None)
    assert "<h1>Data baker</h1>" in page(visitor, token_of(guide, first))


# --- The bar -----------------------------------------------------------------------------------


def until():
    return f"{timezone.now() + LIFETIME:%-d %B %Y, %H:%M} UTC"


def test_bar_says_what_is_shown_and_until_when(visitor, guide):
    Guide.objects.filter(pk=guide.pk).update(version=12)
    words = "Preview of the working copy as of version 12 · for anyone who has this link, until"
    assert bar(visitor, token_of(guide)) == f"{words} {until()} Guide Path"


def test_bar_says_which_edition_is_shown(visitor, guide):
    edition = guide.editions.get()
    assert bar(visitor, token_of(guide, edition)).startswith("Preview of edition 1 ·")


def test_bar_says_that_an_edition_waits_or_was_cancelled(visitor, guide):
    moment = timezone.now().replace(microsecond=0) + timedelta(days=30)
    Guide.objects.filter(pk=guide.pk).update(title="Baker of data")
    edition = publish(guide, by=None, at=moment)
    waiting = f"Preview of edition 2, which is scheduled for {moment:%-d %B %Y, %H:%M} UTC ·"
    assert bar(visitor, token_of(guide, edition)).startswith(waiting)
    cancel(guide)
    assert bar(visitor, token_of(guide, edition)).startswith("Preview of edition 2, which was cancelled ·")


@pytest.mark.parametrize("name", PAGES)
def test_bar_leads_from_page_to_page(visitor, guide, name):
    token = token_of(guide)
    content = page(visitor, token, name)
    found = re.search(r'<nav aria-label="Pages of the preview">(.*?)</nav>', content)[1]
    here = {page: ' aria-current="page"' if page == name else "" for page in PAGES}
    assert found == (
        f'<a href="/preview/{token}/"{here["preview"]}>Guide</a>'
        f'<a href="/preview/{token}/path/"{here["preview-path"]}>Path</a>'
    )


@pytest.mark.parametrize(
    ("client", "leads_back"),
    [("visitor", False), ("learner_client", False), ("editor_client", True), ("publisher_client", True)],
)
def test_bar_leads_staff_back_to_the_studio(request, guide, client, leads_back):
    content = page(request.getfixturevalue(client), token_of(guide))
    back = f'<a href="{reverse("admin:guides_guide_change", args=[guide.pk])}">Back to the studio</a>'
    assert (back in content) is leads_back


# --- Where its links lead ----------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_links_to_the_guide_stay_in_the_preview(visitor, draft, name):
    token = token_of(draft)
    assert links(page(visitor, token, name)) == {"/guides/", f"/preview/{token}/", f"/preview/{token}/path/"}


def test_links_of_texts_lead_to_the_same_places_of_the_preview(visitor, draft):
    token = token_of(draft)
    section = re.search(r'<a href="#overview">a</a>.*', page(visitor, token))[0]
    step = re.search(r"<p><a [^>]*>a</a>.*", page(visitor, token, "preview-path"))[0]
    own = [f"/preview/{token}/#path", f"/preview/{token}/path/#step-try", "/guides/"]
    assert re.findall(r'href="([^"]*)">[a-d]<', section) == ["#overview", *own]
    assert re.findall(r'href="([^"]*)">[a-d]<', step) == [f"/preview/{token}/#overview", *own]


def test_public_pages_lead_to_the_public_ones(visitor, draft):
    page(visitor, token_of(draft))
    draft.publish(by=None)
    for name in ("guide", "path"):
        assert "/preview/" not in visitor.get(reverse(name, args=[draft.slug])).content.decode()


# --- Nothing to press --------------------------------------------------------------------------


@pytest.mark.parametrize("client", ["visitor", "learner_client", "editor_client"])
@pytest.mark.parametrize("name", PAGES)
def test_preview_has_nothing_that_could_be_followed_or_ticked(request, guide, client, name):
    content = page(request.getfixturevalue(client), token_of(guide), name)
    main = content.partition("<main")[2]
    assert [tag for tag in ("<form", "<button", "csrf", "signup", "login") if tag in main] == []
    assert ("/accounts/" in content, f"/feed/{guide.slug}/" in content) == (False, False)


def test_steps_of_a_preview_have_a_ring_and_no_link(visitor, guide):
    content = page(visitor, token_of(guide), "preview-path")
    assert content.count('<span class="tick" aria-hidden="true">') == 4
    assert "In the preview nothing can be followed." in content


# --- Kept from everybody else ------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("is_good", [True, False])
def test_preview_is_never_indexed_kept_or_told(visitor, guide, name, is_good):
    token = token_of(guide) if is_good else "nonsense"
    response = visitor.get(reverse(name, args=[token]))
    assert {name: response[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")} == {
        "Cache-Control": "private, no-store",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert re.search(r'<meta name="robots" content="noindex', response.content.decode())
    assert ("ETag" in response, len(response.cookies)) == (False, 0)


@pytest.mark.parametrize("name", PAGES)
def test_preview_tells_machines_nothing(visitor, guide, name):
    content = page(visitor, token_of(guide), name)
    assert [word for word in ("canonical", "ld+json", "og:", 'name="description"') if word in content] == []


def test_preview_leaves_the_messages_of_its_reader_where_they_are(learner_client, guide):
    learner_client.post(reverse("follow-path", args=[guide.slug]))
    assert "You follow the path" not in page(learner_client, token_of(guide))
    assert "You follow the path" in learner_client.get(f"/guides/{guide.slug}/path/").content.decode()


def test_preview_is_not_for_posts(visitor, guide):
    assert visitor.post(reverse("preview", args=[token_of(guide)])).status_code == 405


def test_head_of_a_preview_is_that_of_the_page(visitor, guide):
    assert visitor.head(reverse("preview", args=[token_of(guide)]))["X-Robots-Tag"] == "noindex, nofollow"


# --- Links that show nothing -------------------------------------------------------------------


def good_until(guide, moment):
    """Return the token of a link that is good until `moment`."""
    return SIGNER.sign_object({"guide": str(guide.pk), "until": int(moment.timestamp())})


def test_link_is_good_for_seven_days(guide):
    until = SIGNER.unsign_object(token_of(guide))["until"]
    assert timedelta(0) <= timezone.now() + timedelta(days=7) - datetime.fromtimestamp(until, UTC) < MINUTE


@pytest.mark.parametrize("name", PAGES)
def test_link_that_has_expired_says_what_to_do(visitor, guide, name):
    moment = timezone.now() - MINUTE
    content = page(visitor, good_until(guide, moment), name, status=404)
    detail = f"This preview could be seen until {moment:%-d %B %Y, %H:%M} UTC. Ask for a new link."
    assert f'<p class="lede">{detail}</p>' in content
    page(visitor, good_until(guide, timezone.now() + MINUTE), name)


@pytest.mark.parametrize("spoil", [str.upper, lambda token: token[:-1], lambda token: f"{token}A"])
def test_link_that_is_not_whole_says_what_to_do(visitor, guide, spoil):
    content = page(visitor, spoil(token_of(guide)), status=404)
    assert "This link to a preview is not whole. Copy all of it, or ask for a new one." in content


@pytest.mark.parametrize("token", ["x", ":", "a:b", "a:b:c", "a%00b", "é", "A" * 3000])
def test_nonsense_is_no_link(visitor, db, token):
    assert visitor.get(f"/preview/{token}/").status_code == 404


def test_what_was_signed_for_something_else_is_no_link(visitor, guide):
    token = Signer(salt="something else").sign_object({"guide": str(guide.pk), "until": 2**32})
    page(visitor, token, status=404)


def test_link_to_a_guide_that_is_gone_says_so(visitor, draft):
    token = token_of(draft)
    Guide.objects.get(pk=draft.pk).delete()
    assert "What this link showed is no longer there. Ask for a new link." in page(visitor, token, status=404)


def test_hidden_guide_can_be_previewed(visitor, guide):
    unpublish(guide)
    assert "<h1>Data baker</h1>" in page(visitor, token_of(guide))


# --- Working copies that cannot be published ---------------------------------------------------


def bare(guide):
    """No section, no stage, no step, no text."""


def empty_stage(guide):
    StageFactory(guide=guide, title="Nothing")


def empty_texts(guide):
    SectionFactory(guide=guide, body="")
    StepFactory(stage=StageFactory(guide=guide), body="", title="x")


def circle(guide):
    stage = StageFactory(guide=guide)
    one, other = StepFactory.create_batch(2, stage=stage)
    one.after.set([other])
    other.after.set([one, other])


def single_route(guide):
    StepFactory(stage=StageFactory(guide=guide), choice="Which", route="This")


def torn_choice(guide):
    for _ in range(2):
        stage = StageFactory(guide=guide)
        StepFactory(stage=stage, choice="Which", route="This")
        StepFactory(stage=stage)
        StepFactory(stage=stage, choice="Which", route="That")


def unknown_names(guide):
    body = "So [@nobody]. ![words](picture:nothing) [x](#nowhere) [y](/guides/bare/path/#step-none)"
    SectionFactory(guide=guide, body=body)
    StepFactory(stage=StageFactory(guide=guide), body=body)


def retired_names(guide):
    stage = StageFactory(guide=guide)
    gone = StepFactory(stage=stage)
    StepFactory(stage=stage, after=[gone, StepFactory()])
    SectionFactory(guide=guide).steps.set([gone])
    gone.retire()


def markup(guide):
    Guide.objects.filter(pk=guide.pk).update(title="<script>x</script>", summary="{{ x }} {% y %}")
    body = '<script>x</script> [x](javascript:x) `<a href="/guides/bare/">`'
    StepFactory(stage=StageFactory(guide=guide, title="<b>"), title="<i>", slug="i", body=body)
    SectionFactory(guide=guide, title="<u>", slug="u", body=f"{body}\n\n| a\n|\n|---|[@]![](picture:)")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "make",
    [bare, empty_stage, empty_texts, circle, single_route, torn_choice, unknown_names, retired_names, markup],
)
def test_working_copy_that_cannot_be_published_is_shown(visitor, db, make, name):
    guide = GuideFactory(title="Bare", slug="bare")
    make(guide)
    content = page(visitor, token_of(guide), name)
    assert content.count("<h1>") == 1
    assert [
        tag
        for tag in ("<script>x", "<b>", "<i>", "<u>", '"javascript:')
        if tag in content.partition("<main")[2]
    ] == []


def test_what_is_not_there_is_shown_as_words(visitor, db):
    guide = GuideFactory(title="Bare", slug="bare")
    unknown_names(guide)
    assert "So [@nobody]. words" in text(page(visitor, token_of(guide)))


def test_stage_without_a_step_says_so(visitor, db):
    guide = GuideFactory(title="Bare")
    empty_stage(guide)
    assert "No step yet." in page(visitor, token_of(guide), "preview-path")


def test_choice_with_steps_between_is_shown_once(visitor, db):
    guide = GuideFactory(title="Bare")
    stage = StageFactory(guide=guide)
    for title, choice in (("A", "Which"), ("B", ""), ("C", "Which"), ("D", "")):
        StepFactory(stage=stage, title=title, choice=choice, route=choice and title)
    content = page(visitor, token_of(guide), "preview-path")
    assert re.findall(r'<span class="title">(.*?)<', content) == ["A", "C", "B", "D"]


def test_old_names_lead_on_in_a_preview_too(visitor, guide):
    Step.objects.filter(title="Try").update(slug="attempt")
    assert '<span id="step-try"></span>' in page(visitor, token_of(guide), "preview-path")


# --- Queries -----------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [3, 60])
@pytest.mark.parametrize("name", PAGES)
def test_preview_costs_the_same_for_any_number_of_steps(
    visitor, guide, steps, name, django_assert_num_queries
):
    for _ in range(steps):
        StepFactory(stage=guide.stages.first(), skills=[SkillFactory()], sources=[SourceFactory()])
    token = token_of(guide)
    visitor.get(reverse("guide", args=[guide.slug]))  # reads the current document, which is kept
    with django_assert_num_queries(17):
        page(visitor, token, name)


@pytest.mark.parametrize("name", PAGES)
def test_preview_of_an_edition_costs_one_query(visitor, guide, name, django_assert_num_queries):
    token = token_of(guide, guide.editions.get())
    page(visitor, token, name)
    with django_assert_num_queries(1):  # the document is kept
        page(visitor, token, name)
