"""What is done in the background: telling support of a message, and forgetting old ones."""

from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django_tasks import task

from accounts.models import User
from inbox.forgetting import KEPT_DAYS, forget
from portal.addresses import absolute

ROLE = "Support"


@task()
def tell_support(message: int) -> None:
    """Send a mail that the message with this id is there; not what it says, which stays in one place."""
    link = absolute(reverse("admin:inbox_message_change", args=[message]))
    body = f"Somebody wrote to this site. Read and answer it here:\n\n{link}\n"
    letters = [EmailMessage(f"Message {message} on Waymark", body, to=[to]) for to in told()]
    get_connection().send_messages(letters)


@task()
def forget_old() -> None:
    """Forget messages that are older than they are kept."""
    forget(KEPT_DAYS)


def told() -> list[str]:
    """Return the addresses of active members of support; without any, those of active superusers."""
    active = User.objects.filter(is_active=True, is_staff=True).order_by("pk")
    support = list(active.filter(groups__name=ROLE).values_list("email", flat=True))
    return support or list(active.filter(is_superuser=True).values_list("email", flat=True))
