"""What learners send."""

from typing import Any, ClassVar

from allauth.account import forms as allauth_forms
from allauth.account.models import EmailAddress
from django import forms
from django.db import transaction
from django.http import HttpRequest

from guides.progress import State

NAMES = ", ".join(State)


COUNTED = "counted"  # posted in the place of a state: take back what was said, and let credit count


def _state(value: str) -> State | None:
    return None if value == COUNTED else State(value)


class StateForm(forms.Form):
    """The state that a learner sets a step to, or None where they take back what they said."""

    state = forms.TypedChoiceField(
        choices=[(value, value) for value in (*State, COUNTED)],
        coerce=_state,
        error_messages={
            "required": f"Say which state the step should have: one of {NAMES}.",
            "invalid_choice": f"“%(value)s” is no state of a step. Use one of {NAMES}.",
        },
    )


LABELS = {
    "login": "E-mail address",
    "email": "E-mail address",
    "oldpassword": "Your password until now",
    "password1": "Password",
    "password2": "The same password again",
}
HELP = {  # what AUTH_PASSWORD_VALIDATORS asks for
    "password1": "At least 8 characters. Not a common password, not only digits, and not like your address.",
}


class Worded(forms.BaseForm):
    """A form of allauth's in the words of this site; `labels` are those of its fields that differ."""

    labels: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = LABELS | self.labels
        for name, field in self.fields.items():
            field.label = labels.get(name, field.label)
            field.help_text = HELP.get(name, field.help_text)
            field.widget.attrs.pop("placeholder", None)  # the label once more


class LoginForm(Worded, allauth_forms.LoginForm):
    """Lets somebody in."""


class SignupForm(Worded, allauth_forms.SignupForm):
    """Makes an account."""


class ResetPasswordForm(Worded, allauth_forms.ResetPasswordForm):
    """Asks where to send the link for a new password."""


class ResetPasswordKeyForm(Worded, allauth_forms.ResetPasswordKeyForm):
    """Sets a new password by such a link."""

    labels: ClassVar = {"password1": "New password"}


class ChangePasswordForm(Worded, allauth_forms.ChangePasswordForm):
    """Sets a new password with the old one."""

    labels: ClassVar = {"password1": "New password"}


class SetPasswordForm(Worded, allauth_forms.SetPasswordForm):
    """Sets the first password of an account without one."""


class ReauthenticateForm(Worded, allauth_forms.ReauthenticateForm):
    """Asks once more for the password."""


class ConfirmEmailForm(Worded, allauth_forms.ConfirmEmailVerificationCodeForm):
    """Takes the code of a sign-up."""


class ChangeEmailForm(Worded, allauth_forms.AddEmailForm):
    """Asks for another address. The account keeps its own until that one is confirmed."""

    labels: ClassVar = {"email": "Change it to"}

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
