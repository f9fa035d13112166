"""What a visitor wanted is kept until they have an account, and then done once."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.kept import SESSION_KEY, apply_kept, keep
from accounts.recording import states_of
from guides.models import Guide
from guides.progress import State
from tests.factories import StepFactory, guide_with_path, step_of


def request_of(**posted):
    """Return the request of a visitor who sends a form, with a session and with messages."""
    request = RequestFactory().post("/accounts/signup/", posted)
    request.session = {}
    request._messages = CookieStorage(request)
    return request


def applied(user, **wanted):
    """Keep what is `wanted` and do it for `user`; return the address to go on at, and what is said."""
    request = request_of(**wanted)
    keep(request)
    address = apply_kept(request, user)
    return address, [str(message) for message in get_messages(request)]


def test_wishes_of_the_form_are_kept():
    request = request_of(step="a-step", follow="a-path", email="ada@example.org")
    keep(request)
    assert request.session == {SESSION_KEY: {"step": "a-step", "follow": "a-path"}}


@pytest.mark.parametrize("posted", [{}, {"step": ""}, {"step": "", "follow": ""}])
def test_form_without_a_wish_keeps_nothing_and_forgets_an_older_one(posted):
    request = request_of(**posted)
    request.session[SESSION_KEY] = {"follow": "of-somebody-else"}
    keep(request)
    assert request.session == {}


def test_step_is_ticked_and_its_place_on_the_path_returned(guide, learner):
    step = step_of(guide, "Try")
    address, said = applied(learner, step=step.pk)
    assert states_of(learner) == {str(step.pk): State.DONE}
    assert address == reverse("path", args=["data-baker"]) + "#step-try"
    assert said == ["Done: Try."]


def test_step_is_named_as_it_is_published(guide, learner):
    step = step_of(guide, "Try")
    step.title, step.slug = "Attempt", "attempt"
    step.save()
    address, said = applied(learner, step=step.pk)
    assert (address, said) == (
        reverse("path", args=["data-baker"]) + "#step-try",
        ["Done: Try."],
    )


def test_step_that_was_retired_meanwhile_is_ticked(guide, learner):
    step = step_of(guide, "Try")
    step.retire()
    guide.publish(by=None)
    applied(learner, step=step.pk)
    assert states_of(learner) == {str(step.pk): State.DONE}


def test_path_is_followed(guide, learner):
    address, said = applied(learner, follow="data-baker")
    assert [enrolment.guide for enrolment in learner.enrolments.active()] == [guide]
    assert (address, said) == (
        reverse("path", args=["data-baker"]),
        ["You follow the path “Data baker”."],
    )


def test_step_goes_before_a_path(guide, learner):
    address, _ = applied(learner, step=step_of(guide, "Try").pk, follow="data-baker")
    assert address == reverse("path", args=["data-baker"]) + "#step-try"


def test_path_is_followed_where_the_step_is_none(guide, learner):
    address, _ = applied(learner, step="nonsense", follow="data-baker")
    assert address == reverse("path", args=["data-baker"])


def test_wish_is_done_once(guide, learner):
    request = request_of(step=step_of(guide, "Try").pk)
    keep(request)
    apply_kept(request, learner)
    assert (apply_kept(request, learner), request.session) == (None, {})


def test_nothing_kept_is_nothing_done(learner):
    assert applied(learner) == (None, [])


@pytest.mark.parametrize(
    "step", ["nonsense", "1", "\x00", "é", "-" * 500, "5a1c0d6e-3b0f-4c6e-9f5a-2b7d6c8e9f10", "{}"]
)
def test_step_that_is_none_is_harmless(guide, learner, step):
    assert applied(learner, step=step) == (None, [])
    assert (states_of(learner), learner.enrolments.count()) == ({}, 0)


@pytest.mark.parametrize("follow", ["nonsense", "\x00", "é", "a" * 500, "../..", "' OR 1=1"])
def test_path_that_is_none_is_harmless(guide, learner, follow):
    assert applied(learner, follow=follow) == (None, [])
    assert learner.enrolments.count() == 0


def test_step_of_a_draft_is_not_ticked(learner):
    step = step_of(guide_with_path(), "Read")
    assert (applied(learner, step=step.pk), states_of(learner)) == ((None, []), {})


def test_step_that_is_not_yet_published_is_not_ticked(guide, learner):
    step = StepFactory(stage=guide.stages.first())
    assert (applied(learner, step=step.pk), states_of(learner)) == ((None, []), {})


def test_hidden_guide_is_neither_ticked_nor_followed(guide, learner):
    Guide.objects.filter(pk=guide.pk).update(unpublished_at=timezone.now())
    assert applied(learner, step=step_of(guide, "Try").pk, follow="data-baker") == (None, [])
    assert (states_of(learner), learner.enrolments.count()) == ({}, 0)
