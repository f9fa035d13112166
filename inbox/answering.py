"""Answering a message by mail, so that two people do not do it unknown to each other."""

import logging

from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from inbox.letters import letter_of, new_mail_id
from inbox.models import Message, Reply
from portal.addresses import absolute
from portal.log import log

logger = logging.getLogger(__name__)


class Overtaken(Exception):
    """Somebody did something with the message since it was read."""


class NotSent(Exception):
    """The reply is stored, and its mail could not be handed over."""


def answer(message: Message, text: str, *, by: User, seen: int) -> Reply:
    """Send `text` to who wrote `message`, and log it; `seen` is the version that `by` has read.

    Raises `Overtaken` if it is another by now: then nothing is sent. Raises `NotSent` if the mail could not
    be handed over: the reply stays with the message, which stays as it was.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        if message.version != seen:
            raise Overtaken
        letter, reply = _written(message, text, by)
        message.mark(message.status)
    _send(letter, reply)
    with transaction.atomic():
        reply.sent_at = timezone.now()
        reply.save(update_fields=["sent_at"])
        message.mark(Message.Status.ANSWERED)
        log(by, message, "Answered by mail.")
    return reply


def set_status(message: Message, status: str, *, by: User) -> bool:
    """Mark `message` as `status`, and log it; return whether that is new."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        if message.status == status:
            return False
        before = message.get_status_display()
        message.mark(status)
        log(by, message, before={"status": before}, after={"status": message.get_status_display()})
    return True


def _written(message: Message, text: str, by: User) -> tuple[EmailMessage, Reply]:
    """Store a reply, and return the mail that is to be sent."""
    before = list(message.replies.exclude(sent_at=None).values_list("mail_id", flat=True))
    reply = Reply.objects.create(message=message, text=text, by=by, mail_id=new_mail_id())
    return letter_of(reply, before, absolute(reverse("contact-us"))), reply


def _send(letter: EmailMessage, reply: Reply) -> None:
    try:
        letter.send()
    except (OSError, ValueError) as error:  # smtplib's errors, and those of an address that no mail can have
        logger.warning("Reply %s could not be sent: %s", reply.pk, type(error).__name__)
        raise NotSent from error
