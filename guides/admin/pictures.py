"""Pictures: uploaded, encoded anew, and named by texts."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guides.models import Picture
from guides.pictures.encoding import Encoded, encode
from guides.pictures.refusal import PictureRefused
from guides.pictures.storing import fill


class PictureForm(forms.ModelForm):
    """A picture and its file, which is asked for once and may be replaced."""

    upload = forms.FileField(
        label="file",
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
        self.fields["upload"].label = "file" if self.instance.pk is None else "another file"

    def clean_upload(self) -> UploadedFile | None:
        upload: UploadedFile | None = self.cleaned_data["upload"]
        if upload:
            try:
                self.encoded = encode(upload.read())
            except PictureRefused as refused:
                raise forms.ValidationError(str(refused)) from refused
        return upload


@admin.register(Picture)
class PictureAdmin(admin.ModelAdmin):
    """Pictures. A text that names one that is gone cannot be published; editions keep the files they show."""

    form = PictureForm
    list_display = ("slug", "small", "size", "alt", "credit")
    search_fields = ("slug", "alt", "credit")
    readonly_fields = ("shown", "in_a_text")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        own = ("slug", "upload", "alt", "credit")
        return ("shown", "in_a_text", *own) if obj else own

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
