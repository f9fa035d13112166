"""What people fill in to write to those who run the site, and what staff do to answer."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from inbox.models import NAME_LENGTH, SUBJECT_LENGTH, TEXT_LENGTH

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
INVISIBLE = "It has characters that cannot be seen. Type it anew, or paste it as plain text."


class OneLine(forms.CharField):
    """A line of text: it goes into the header of a mail."""

    def to_python(self, value: Any) -> Any:
        return " ".join((super().to_python(value) or "").split())

    def validate(self, value: Any) -> None:
        super().validate(value)
        refuse_invisible(value)


class Prose(forms.CharField):
    """Text of some lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: Any) -> None:
        super().validate(value)
        refuse_invisible(value)


def refuse_invisible(text: str) -> None:
    """Raise `ValidationError` where `text` has control characters."""
    if CONTROL.search(text):
        raise ValidationError(INVISIBLE)


class ContactForm(forms.Form):
    """A message. `homepage` is a field that people do not see: what fills it in is a machine."""

    name = OneLine(
        label="Your name",
        required=False,
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="E-mail",
        max_length=254,
        validators=[refuse_invisible],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We answer at this address.",
        error_messages={"required": "Without an address, nobody can answer you."},
    )
    subject = OneLine(
        label="Subject",
        max_length=SUBJECT_LENGTH,
        error_messages={"required": "Say in some words what it is about."},
    )
    message = Prose(
        label="Message",
        max_length=TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Write what you would like to say."},
    )
    homepage = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_of_a_machine(self) -> bool:
        return bool(self.cleaned_data["homepage"])


class ReplyForm(forms.Form):
    """The text of an answer; `seen` is the version of the message that was read."""

    text = Prose(
        label="Reply",
        max_length=2 * TEXT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 10, "class": "vLargeTextField"}),
        help_text="It is sent by mail, with the message below it.",
        error_messages={"required": "Write the reply first."},
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
