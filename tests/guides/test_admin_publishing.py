"""The page of publishing: what is wrong, where it is mended, and what a reader will ask."""

from django.contrib.admin.models import LogEntry
from django.urls import reverse

from guides.models import Guide
from guides.publishing import unpublish
from tests.factories import (
    GuideFactory,
    SectionFactory,
    StageFactory,
    StepFactory,
    UserFactory,
    guide_with_path,
    step_of,
)
from tests.guides.studio import of_guide, said, screen


def sent(guide, note=""):
    """Return what the form of the page sends to publish now."""
    version = Guide.objects.get(pk=guide.pk).version
    return {"version": version, "when": "now", "note": note, "zone": "UTC"}


def test_publish_page_says_what_the_public_reads(publisher_client, guide):
    context = publisher_client.get(of_guide(guide, "publish")).context
    assert (context["current"].number, context["is_changed"], context["findings"]) == (1, False, [])


def test_publish_page_without_a_change_has_no_button(publisher_client, guide):
    content = publisher_client.get(of_guide(guide, "publish")).content.decode()
    assert "Nothing has changed since. There is nothing to publish." in content
    assert 'value="Publish"' not in content


def test_publish_page_of_a_changed_guide_has_a_button(publisher_client, guide):
    guide.steps.filter(title="Read").update(title="Read more")
    assert 'value="Publish"' in publisher_client.get(of_guide(guide, "publish")).content.decode()


def test_publish_page_of_a_hidden_guide_shows_it_again(publisher_client, guide):
    unpublish(guide)
    content = publisher_client.get(of_guide(guide, "publish")).content.decode()
    assert "does not see this guide" in content
    publisher_client.post(of_guide(guide, "publish"), sent(guide))
    assert Guide.objects.get(pk=guide.pk).unpublished_at is None


def test_publish_page_links_each_finding_to_where_it_is_mended(publisher_client):
    guide = guide_with_path()
    empty = StageFactory(guide=guide, title="Empty")
    section = SectionFactory(guide=guide, title="Pay", body="So much [@nobody].")
    step = StepFactory(stage=guide.stages.first(), title="Choose", choice="Way", route="Only")
    findings = dict(publisher_client.get(of_guide(guide, "publish")).context["findings"])
    assert {finding.message[:14]: link for finding, link in findings.items()} == {
        "The stage “Emp": screen(empty),
        "The choice “Wa": screen(step),
        "“Pay” cites [@": screen(section),
    }


def test_publish_page_links_each_dead_end_to_where_it_is_mended(publisher_client):
    guide = guide_with_path()
    section = SectionFactory(guide=guide, title="Pay", body="![](picture:oven)")
    guide.steps.filter(title="Read").update(body="[x](#nowhere)")
    findings = publisher_client.get(of_guide(guide, "publish")).context["findings"]
    assert {finding.message: link for finding, link in findings} == {
        "“Pay” shows picture:oven, which is no picture. Add it, or mend the slug.": screen(section),
        f"“Read” links to /guides/{guide.slug}/#nowhere, which is not there.": screen(step_of(guide, "Read")),
    }


def test_publish_page_advises_beside_the_button(publisher_client):
    guide = guide_with_path()
    section = SectionFactory(guide=guide, title="Pay", body="It pays $5.")
    response = publisher_client.get(of_guide(guide, "publish"))
    ((finding, link),) = response.context["advice"]
    assert (finding.message, link) == ("In “Pay” no source stands beside: It pays $5.", screen(section))
    content = response.content.decode()
    assert ('value="Publish"' in content, "Before readers ask" in content) == (True, True)


def test_publish_page_without_advice_gives_none(publisher_client, guide):
    assert "Before readers ask" not in publisher_client.get(of_guide(guide, "publish")).content.decode()


def test_publish_page_names_a_guide_that_has_the_address(publisher_client, guide):
    Guide.objects.filter(pk=guide.pk).update(slug="moved")
    other = guide_with_path(slug="data-baker")
    [(finding, link)] = publisher_client.get(of_guide(other, "publish")).context["findings"]
    assert (finding.message, link) == (
        "The public still reads “Data baker” at the address “data-baker”. "
        "Publish that guide at its new one first, or change the slug of this guide.",
        "",
    )


def test_publishing_makes_an_edition_with_its_author_and_note(publisher_client, publisher):
    guide = guide_with_path(title="Beekeeper")
    response = publisher_client.post(of_guide(guide, "publish"), sent(guide, note="The first"), follow=True)
    edition = guide.editions.get()
    assert (edition.number, edition.author, edition.note) == (1, publisher, "The first")
    assert said(response) == ['Edition 1 of “Beekeeper” is live: <a href="/guides/beekeeper/">see it</a>.']


def test_publishing_is_refused_with_the_findings(publisher_client):
    guide = GuideFactory()
    StageFactory(guide=guide, title="Empty")
    response = publisher_client.post(of_guide(guide, "publish"), sent(guide), follow=True)
    assert said(response) == [
        "The stage “Empty” has no step. Add one, or take the stage away.",
        "The path asks for nothing. Add a step that is not optional.",
    ]
    assert (guide.editions.count(), LogEntry.objects.count()) == (0, 0)


def test_publishing_is_refused_to_those_who_may_not(visitor, guide):
    visitor.force_login(UserFactory(is_staff=True))
    guide.steps.filter(title="Read").update(title="Read more")
    assert visitor.post(of_guide(guide, "publish")).status_code == 403
    assert guide.editions.count() == 1


def test_publish_page_of_no_guide_is_not_found(publisher_client):
    address = reverse("admin:guides_guide_publish", args=["00000000-0000-4000-8000-000000000000"])
    assert publisher_client.get(address).status_code == 404
