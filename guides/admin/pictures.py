"""Pictures: uploaded, encoded anew, and named by texts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.admin.keeping import what_keeps_picture
from guides.models import Picture
from guides.pictures.encoding import BYTES, Encoded, encode
from guides.pictures.refusal import PictureRefused
from guides.pictures.storing import fill
from portal.logged import LoggedAdmin


class PictureForm(forms.ModelForm):
    """A picture and its file, which is asked for once and may be replaced."""

    upload = forms.FileField(
        label="File",
        help_text="JPEG, PNG, WebP, AVIF or SVG. Photos are encoded anew, in several sizes.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/svg+xml"}),
    )
    encoded: Encoded | None = None

    class Meta:
        model = Picture
        fields = ("slug", "upload", "alt", "credit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].required = self.instance.pk is None
        self.fields["upload"].label = "File" if self.instance.pk is None else "Another file"

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        outcome = outcome_of(upload) if upload else None
        if isinstance(outcome, PictureRefused):
            raise forms.ValidationError(str(outcome))
        self.encoded = outcome
        return upload


def outcome_of(upload: UploadedFile) -> Encoded | PictureRefused:
    """Return what becomes of an uploaded file; it is asked for twice and worked out once."""
    if not hasattr(upload, "outcome"):
        try:
            upload.outcome = encode(upload.read(BYTES + 1))  # type: ignore[attr-defined]  # kept with the file
        except PictureRefused as refused:
            upload.outcome = refused  # type: ignore[attr-defined]  # as above
    outcome: Encoded | PictureRefused = upload.outcome  # type: ignore[attr-defined]  # as above
    return outcome


@admin.register(Picture)
class PictureAdmin(LoggedAdmin):
    """Pictures. A text that names one that is gone cannot be published; editions keep the files they show."""

    form = PictureForm
    list_display = ("slug", "small", "size", "alt", "credit")
    search_fields = ("slug", "alt", "credit")
    readonly_fields = ("shown", "in_a_text")
    log_also = ("width", "height", "files")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = ("slug", "upload", "alt", "credit")
        return ("shown", "in_a_text", *own) if obj else own

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Encode before Django begins its transaction: that takes seconds, for which learners would wait."""
        upload = request.FILES.get("upload") if request.method == "POST" else None
        if upload and (self.has_add_permission(request) or self.has_change_permission(request)):
            outcome_of(upload)
        return super().changeform_view(request, *args, **kwargs)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Keep pictures that texts and editions show."""
        used = [reason for picture in objs for reason in what_keeps_picture(picture)]
        return ([], {}, set(), used) if used else super().get_deleted_objects(objs, request)

    def save_model(self, request: HttpRequest, obj: Picture, form: PictureForm, change: bool) -> None:
        if form.encoded:
            fill(obj, form.encoded)
        super().save_model(request, obj, form, change)

    @admin.display(description="picture")
    def small(self, picture: Picture) -> SafeString:
        return _img(picture, "picture-small")

    @admin.display(description="picture")
    def shown(self, picture: Picture) -> SafeString:
        return _img(picture, "picture-large")

    @admin.display(description="in a text")
    def in_a_text(self, picture: Picture) -> SafeString:
        return format_html('<code>![](picture:{} "What stands below it.")</code>', picture.slug)

    @admin.display(description="size", ordering="width")
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"


def _img(picture: Picture, kind: str) -> SafeString:
    address = reverse("picture", args=[picture.files[0]["name"]])
    return format_html(
        '<img class="{}" src="{}" width="{}" height="{}" alt="" loading="lazy">',
        kind,
        address,
        picture.width,
        picture.height,
    )
