"""A posting, pasted or uploaded."""

from typing import Any

from django import forms

from gap.reading import LONGEST, MOST_BYTES, Refused, text_of

LEAST = 20  # letters and digits; a sentence has more, in any script
TOO_SHORT = "This is too short for a posting. Paste at least a sentence of it."
TOO_LONG = f"A posting has at most {LONGEST:,} characters here. Paste the posting alone."
NUL = "There are signs in it that are no text (U+0000). Take them out, or paste it from a text editor."


def fault_of(text: str) -> str:
    """Return what keeps `text` from being read as a posting, in a sentence; nothing if it can be."""
    if len(text) > LONGEST:
        return TOO_LONG
    if "\0" in text:
        return NUL
    return "" if sum(map(str.isalnum, text)) >= LEAST else TOO_SHORT


class PostingForm(forms.Form):
    """The text of a posting, or a file that has it; `cleaned_data["posting"]` is the text, either way."""

    text = forms.CharField(
        label="Text of the posting",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".txt,.pdf,.docx,text/plain,application/pdf"}),
        help_text="Text, PDF or DOCX of at most 1 MB.",
    )

    def __init__(self, *args: Any, refusal: str = "", **kwargs: Any) -> None:
        """With a `refusal` nothing is read, no file above all: it is what the form says."""
        super().__init__(*args, **kwargs)
        self.fields["text"].validators = []  # fault_of says it better
        self.refusal = refusal
        self.is_large = False

    def clean(self) -> dict[str, Any]:
        if self.refusal:
            raise forms.ValidationError(self.refusal)
        said = super().clean() or self.cleaned_data
        text, file = said.get("text", ""), said.get("file")
        if text.strip() and file is not None:
            self.add_error("file", "You gave a text and a file. Empty the text to have the file read.")
        elif file is not None:
            self._take_file(file)
        elif "file" not in self.errors:
            self._take(text, "text" if text.strip() else None)
        return said

    def _take_file(self, file: Any) -> None:
        self.is_large = file.size > MOST_BYTES
        try:
            self._take(text_of(file.read()), "file")
        except Refused as refused:
            self.add_error("file", str(refused))

    def _take(self, text: str, field: str | None) -> None:
        """Take `text`, that came by `field`; None where nothing came."""
        if field is None:
            self.add_error("text", "Paste the text of a posting, or choose a file.")
        elif fault := fault_of(text):
            self.is_large = len(text) > LONGEST
            self.add_error(field, fault)
        else:
            self.cleaned_data["posting"] = text
