"""What a learner fills in to be contacted."""

from typing import Any

from django import forms

from accounts.models.contact import MESSAGE_LENGTH, NAME_LENGTH


class ContactForm(forms.Form):
    """The learner's name and message, and the consent whose words, `agreed_to`, the page shows."""

    name = forms.CharField(
        label="Your name",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Say by which name they should call you."},
    )
    message = forms.CharField(
        label="Message",
        max_length=MESSAGE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What you would like to know. Leave out what is nobody's business.",
    )
    consent = forms.BooleanField(
        error_messages={"required": "Tick the box if you agree. Without it, nothing is stored."}
    )
    agreed_to = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = words

    def refuse(self, why: str) -> None:
        """Say why the request cannot be taken, and take the tick out of the box."""
        self.add_error(None, why)
        self.data = {name: value for name, value in self.data.items() if name != "consent"}
