"""The mail that answers a message."""

from collections.abc import Sequence
from email.utils import make_msgid, parseaddr
from secrets import token_hex

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.formats import date_format

from inbox.models import Reply


def letter_of(reply: Reply, before: Sequence[str], form: str) -> EmailMessage:
    """Return `reply` as a mail with what it answers, quoted; `before` are the ids of the replies before it.

    It comes from the site, whose address may take no mail: who wants to write again is shown the `form`.
    """
    message = reply.message
    day = date_format(message.received_at, "j F Y")
    parts = (
        reply.text,
        f"To write again, use {form}",
        f"On {day}, {message.name or 'you'} wrote:\n{quoted(message.text)}",
    )
    headers: dict[str, str] = {"Message-ID": reply.mail_id}
    if before:
        headers |= {"In-Reply-To": before[-1], "References": " ".join(before)}
    return EmailMessage(
        f"Re: {message.subject}",
        "\n\n".join(parts) + "\n",
        settings.DEFAULT_FROM_EMAIL,
        [message.email],
        reply_to=[settings.DEFAULT_FROM_EMAIL],
        headers=headers,
    )


def new_mail_id() -> str:
    """Return an id that no other mail has, at the domain of the site's mail."""
    return make_msgid(token_hex(8), domain=parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2])


def quoted(text: str) -> str:
    """Return `text` with the sign of a quotation before each line."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
