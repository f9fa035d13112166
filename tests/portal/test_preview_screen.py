"""The studio's links to previews."""

import pytest
from django.urls import reverse

from guides.models import Guide
from tests.factories import guide_with_path


def screen(guide, name="preview", *args):
    return reverse(f"admin:guides_guide_{name}", args=[guide.pk, *args])


@pytest.mark.parametrize("client", ["editor_client", "publisher_client"])
def test_preview_leads_to_a_link_that_anybody_can_open(request, visitor, guide, client):
    guide.sections.update(body="Not yet public.")
    response = request.getfixturevalue(client).get(screen(guide))
    assert response.status_code == 302
    assert "Not yet public." in visitor.get(response["Location"]).content.decode()


def test_preview_of_a_guide_that_was_never_published(editor_client, visitor, db):
    address = editor_client.get(screen(guide_with_path(title="Beekeeper")))["Location"]
    assert "<h1>Beekeeper</h1>" in visitor.get(address).content.decode()


def test_preview_of_an_edition_leads_to_that_edition(editor_client, visitor, guide):
    Guide.objects.filter(pk=guide.pk).update(title="Baker of data")
    guide.publish(by=None)
    found = [
        visitor.get(editor_client.get(screen(guide, "edition_preview", number))["Location"]).context[
            "edition"
        ]["title"]
        for number in (1, 2)
    ]
    assert found == ["Data baker", "Baker of data"]


def test_preview_of_an_edition_that_is_none_is_not_found(editor_client, guide):
    assert editor_client.get(screen(guide, "edition_preview", 2)).status_code == 404


@pytest.mark.parametrize(("client", "status"), [("visitor", 302), ("learner_client", 302)])
@pytest.mark.parametrize("args", [("preview",), ("edition_preview", 1)])
def test_others_get_no_link(request, guide, client, status, args):
    response = request.getfixturevalue(client).get(screen(guide, *args))
    assert (response.status_code, "/preview/e" in response.get("Location", "")) == (status, False)
