"""What learners send."""

from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.http import HttpRequest

from guides.progress import State

NAMES = ", ".join(State)


class StateForm(forms.Form):
    """The state that a learner sets a step to."""

    state = forms.TypedChoiceField(
        choices=[(state.value, state.value) for state in State],
        coerce=State,
        error_messages={
            "required": f"Say which state the step should have: one of {NAMES}.",
            "invalid_choice": f"“%(value)s” is no state of a step. Use one of {NAMES}.",
        },
    )


class ChangeEmailForm(AddEmailForm):
    """Asks for another address. The account keeps its own until that one is confirmed."""

    @transaction.atomic
    def save(self, request: HttpRequest) -> EmailAddress:
        """Return the new address; a mail that asks to confirm it is on its way."""
        # allauth drops the latest unconfirmed address, and would take the account's own for one it waits for.
        own = EmailAddress.objects.filter(user=self.user, email=self.user.email)
        unconfirmed = EmailAddress.objects.filter(
            pk__in=list(own.filter(verified=False).values_list("pk", flat=True))
        )
        unconfirmed.update(verified=True)
        address = super().save(request)
        unconfirmed.update(verified=False)
        return address
