"""Content folders for tests: made from guides, emptied databases, zips of all kinds."""

from contextlib import contextmanager
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction

from guides.exporting.folder import files_of
from guides.exporting.placing import place
from guides.loading.storing import load_folder
from guides.models import Guide


@contextmanager
def another_database():
    """Do something whose rows are gone afterwards, as if it was done in a database of its own."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def exported(guide):
    """Return the files of the working copy of `guide` as it is stored."""
    return dict(files_of(Guide.objects.get(pk=guide.pk)))


def loaded(contents, folder, **options):
    """Write `contents` into `folder`, load it, and return its guide."""
    place(contents, folder)
    load_folder(folder, **options)
    return Guide.objects.get(slug=slug_in(contents))


def slug_in(contents):
    line = next(line for line in contents["guide.yaml"].decode().splitlines() if line.startswith("slug: "))
    return line.removeprefix("slug: ").strip("'\"")


def zip_of(contents, top="", **options):
    """Return a zip of `contents`, by name, in the folder `top`."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, **options) as archive:
        for name, content in contents.items():
            archive.writestr(f"{top}{name}", content)
    return out.getvalue()
