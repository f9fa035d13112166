"""Job descriptions in the studio."""

from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from hiring.models import JobDescription
from portal.log import change_of
from tests.factories import JobDescriptionFactory

ADD = "/admin/hiring/jobdescription/add/"


def form_of(guide, **fields):
    form = {"guide": guide.pk, "summary": "You bake.", "duties": "Bake\r\nTaste", "requirements": "Patience"}
    return {**form, "nice_to_have": "", "offers": "", "levels": "", "seen": "{}", **fields}


def test_editor_writes_a_sample(editor_client, guide):
    editor_client.post(ADD, form_of(guide))
    assert JobDescription.objects.get().sample("Baker").duties == ("Bake", "Taste")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"duties": "x\n" * 21}, "Write 20 lines at most; there are 21."),
        ({"duties": "x" * 241}, "has 241 letters; write 240 at most on a line."),
        ({"duties": "x" * 1_000_000}, "has 1000000 letters; write 240 at most on a line."),
        ({"duties": "a\0b"}, "Null characters are not allowed."),
        ({"duties": " \n "}, "This field is required."),
        ({"summary": "x" * 601}, "at most 600 characters"),
    ],
)
def test_mistake_is_told(editor_client, guide, fields, said):
    response = editor_client.post(ADD, form_of(guide, **fields))
    assert said in unescape(response.content.decode())
    assert JobDescription.objects.count() == 0


def test_career_has_one_sample(editor_client, guide):
    JobDescriptionFactory(guide=guide)
    editor_client.post(ADD, form_of(guide))
    assert JobDescription.objects.count() == 1


def opened(client, sample):
    """Return the address of a sample's form, and what it notes of what it shows."""
    address = reverse("admin:hiring_jobdescription_change", args=[sample.pk])
    return address, client.get(address).context["adminform"].form.initial["seen"]


def test_change_is_logged_before_and_after(editor_client, guide):
    sample = JobDescriptionFactory(
        guide=guide, summary="You bake.", duties="Bake\nTaste", levels="", offers=""
    )
    address, seen = opened(editor_client, sample)
    editor_client.post(address, form_of(guide, summary="You rest.", nice_to_have="A second oven", seen=seen))
    entry = change_of(LogEntry.objects.get())
    assert (entry["before"], entry["after"]) == ({"summary": "You bake."}, {"summary": "You rest."})


def test_older_form_does_not_write_over_a_newer_one(editor_client, guide):
    sample = JobDescriptionFactory(guide=guide)
    address, seen = opened(editor_client, sample)
    JobDescription.objects.update(summary="You knead.")
    editor_client.post(address, form_of(guide, summary="You rest.", seen=seen))
    assert JobDescription.objects.get().summary == "You knead."
