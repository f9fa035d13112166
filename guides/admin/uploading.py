"""What the screens that take a zip have in common: the upload, and what it would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from guides.loading.arriving import Gone, Rehearsal, denials, rehearse, uploaded
from guides.loading.folder import Folder
from guides.loading.reading import BrokenFolder
from guides.loading.unpacking import PACKED
from guides.loading.uploads import TooLarge, keep
from guides.models import Step
from guides.writing.records import Record

if TYPE_CHECKING:
    from accounts.models import User


class ZipForm(forms.Form):
    """A content folder as a zip."""

    file = forms.FileField(
        label="Zip file",
        help_text=f"A content folder as a zip, of at most {PACKED // 1024**2} MB. "
        "You see what it would change before anything is written.",
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
    )


def receive(request: HttpRequest, address: str) -> ZipForm | HttpResponse:
    """Keep the uploaded zip and lead to `address`, which tells what it would do; or return the form."""
    form = ZipForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return redirect(f"{address}?zip={keep(form.cleaned_data['file'].chunks())}")
        except TooLarge as refused:
            form.add_error("file", str(refused))
    return form


@dataclass(frozen=True)
class Arrival:
    """What a zip would do, or why it is refused: `faults` with file and line, or a `problem`."""

    digest: str
    found: Folder | None = None
    rehearsal: Rehearsal | None = None
    credits: list[str] = field(default_factory=list)
    denials: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    problem: str = ""

    @property
    def status(self) -> HTTPStatus:
        return (
            HTTPStatus.UNPROCESSABLE_ENTITY
            if self.faults
            else HTTPStatus.GONE
            if self.problem
            else HTTPStatus.OK
        )


def arrival_of(digest: str) -> Arrival:
    """Return what the kept zip with this digest holds, or why it does not."""
    try:
        return Arrival(digest, found=uploaded(digest))
    except BrokenFolder as broken:
        return Arrival(digest, faults=broken.faults)
    except Gone as gone:
        return Arrival(digest, problem=str(gone))


def rehearsed(digest: str, found: Folder, user: "User") -> Arrival:
    """Return what `found` would do here, and what of it `user` may not do."""
    try:
        rehearsal = rehearse(found)
    except BrokenFolder as broken:
        return Arrival(digest, found, faults=broken.faults)
    credits = _words(rehearsal.effects.credits, found)
    return Arrival(digest, found, rehearsal, credits, denials(user, rehearsal.effects))


def _words(records: Iterable[Record], found: Folder) -> list[str]:
    """Return what each record says; steps of other guides are called as they are called here, if they are."""
    records = list(records)
    named = {step for record in records for step in record.old | record.new}
    others = Step.objects.filter(pk__in=named).select_related("guide")
    titles = {step.pk: f"“{step}” of the guide “{step.guide}”" for step in others}
    titles |= {step.id: f"“{step.title}”" for step in [*found.steps, *found.retired]}
    return [f"{_side(record.old, titles)}, and {_side(record.new, titles)}" for record in records]


def _side(steps: Iterable[UUID], titles: Mapping[UUID, str]) -> str:
    return " with ".join(sorted(titles.get(step, f"a step that is not here yet ({step})") for step in steps))
