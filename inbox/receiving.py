"""Taking in what people write, and telling those who answer."""

from django.db import transaction

from accounts.models import User
from inbox.models import Message
from inbox.tasks import tell_support


@transaction.atomic
def receive(
    *, name: str, email: str, subject: str, text: str, user: User | None = None, is_spam: bool = False
) -> Message:
    """Store a message and have support told of it; what looks like spam is stored as that, in silence."""
    status = Message.Status.SPAM if is_spam else Message.Status.OPEN
    message = Message.objects.create(
        name=name, email=email, subject=subject, text=text, user=user, status=status
    )
    if not is_spam:
        tell_support.enqueue(message.pk)
    return message
