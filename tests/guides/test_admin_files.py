"""A guide as files in the studio: down as a zip, and up again once somebody has seen what changes."""

import os
import time
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import Course, Skill
from guides.lives import retire
from guides.loading import uploads
from guides.models import Credit, Edition, Guide, Picture, Section, Source, Stage, Step
from guides.pictures.encoding import encode
from portal.log import change_of, words_of
from tests.conftest import client_of
from tests.factories import (
    CourseFactory,
    PictureFactory,
    SkillFactory,
    SourceFactory,
    StepFactory,
    UserFactory,
    guide_with_path,
    published_guide,
    step_of,
)
from tests.guides.folders import another_database, exported, zip_of
from tests.guides.pictures import photo
from tests.guides.studio import of_guide, said

IMPORT = "/admin/guides/guide/import/"


@pytest.fixture(autouse=True)
def imports(settings, tmp_path):
    """The folder where uploads are kept, and stored pictures beside it."""
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    return tmp_path / "imports"


def waiting(imports):
    return sorted(path.name for path in imports.iterdir()) if imports.exists() else []


def words(response):
    return " ".join(response.content.decode().split())


def upload(client, address, content, name="guide.zip"):
    """Upload a zip and return the page that it leads to."""
    return client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)


def changed(files, name, old, new):
    """Return `files` with `new` for `old`, which has to be there, in one of them."""
    assert old.encode() in files[name]
    return {**files, name: files[name].replace(old.encode(), new.encode())}


def confirm(client, page):
    """Press the button of the page that shows what a zip would do."""
    return client.post(page.request["PATH_INFO"], hidden_in(page), follow=True)


def hidden_in(page):
    arrival = page.context["arrival"]
    guide = page.context.get("guide")
    return {"digest": arrival.digest} | ({"version": guide.version} if guide else {})


def staff_who_may(*permissions):
    """Return the browser of somebody on the staff who may do just this."""
    user = UserFactory(is_staff=True)
    for permission in ("guides.view_guide", *permissions):
        app, _, codename = permission.partition(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return client_of(user)


def everything():
    """Return every row that files could touch."""
    models = (Guide, Section, Stage, Step, Edition, Credit, Skill, Course, Source, Picture)
    return [list(model.objects.order_by("pk").values()) for model in models]


# --- Down --------------------------------------------------------------------------------------


def test_the_working_copy_is_sent_as_a_zip(guide, editor_client):
    Step.objects.filter(title="Read").update(title="Edited")
    response = editor_client.get(of_guide(guide, "download"))
    assert response["Content-Disposition"] == 'attachment; filename="data-baker.zip"'
    assert response["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(response.content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == exported(guide)


def test_the_same_working_copy_is_the_same_zip(guide, editor_client):
    address = of_guide(guide, "download")
    assert editor_client.get(address).content == editor_client.get(address).content


def test_a_guide_whose_picture_has_gone_says_so(guide, editor_client):
    PictureFactory(slug="oven")
    guide.sections.update(body="![](picture:oven)")
    response = editor_client.get(of_guide(guide, "download"), follow=True)
    assert said(response) == [
        "The file of the picture “oven” is not in the storage. Upload it again, then export."
    ]


def test_who_may_only_look_is_offered_the_zip_alone(guide):
    client = staff_who_may()
    page = client.get(of_guide(guide, "files"))
    assert of_guide(guide, "download") in words(page)
    assert 'type="file"' not in words(page)
    assert client.get(of_guide(guide, "download")).status_code == 200


# --- Up: looked at first -----------------------------------------------------------------------


def test_an_upload_shows_what_it_would_change_and_changes_nothing(guide, editor_client):
    files = changed(exported(guide), "path.yaml", "title: Read", "title: Skim")
    before = everything()
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    (part,) = page.context["arrival"].rehearsal.comparison.steps
    assert (part.title, part.verbs) == ("Skim", ("renamed",))
    assert everything() == before


def test_an_upload_of_the_own_files_has_nothing_to_write(guide, editor_client):
    guide.sections.update(body="One.\r\n\r\nTwo.")
    page = upload(editor_client, of_guide(guide, "files"), zip_of(exported(guide), top="data-baker/"))
    assert "There is nothing to write" in words(page)
    assert 'name="digest"' not in words(page)


def test_an_upload_says_which_steps_leave_come_back_and_are_kept(guide, publisher_client):
    retired = exported(guide)
    retire(guide, [step_of(guide, "Watch")], by=None)
    StepFactory(stage=guide.stages.first(), title="Draft")
    read = f"- id: {step_of(guide, 'Read').pk}"
    text = retired["path.yaml"].decode()
    block = text[text.index(f"      {read}") : text.index(f"      - id: {step_of(guide, 'Try').pk}")]
    files = changed(retired, "path.yaml", block, "")
    del files["steps/read.md"]
    new = str(uuid4())
    files |= {
        "retired.yaml": f"- id: {new}\n  slug: old\n  title: Old\n".encode(),
        f"retired/{new}.md": b"\n",
        "credits.yaml": f"- old: [{new}]\n  new: [{step_of(guide, 'Try').pk}]\n".encode(),
    }
    page = upload(publisher_client, of_guide(guide, "files"), zip_of(files))
    effects = page.context["arrival"].rehearsal.effects
    assert (effects.retired, effects.deleted, effects.back, effects.arrived) == (
        *(("Read",), ("Draft",), ("Watch",), ("Old",)),
    )
    assert page.context["arrival"].credits == ["“Old”, and “Try”"]
    assert "“Read” is retired: learners keep what they did." in words(page)
    assert page.context["arrival"].denials == []


def test_an_upload_names_steps_of_other_guides_and_those_that_are_not_here(guide, publisher_client):
    other, absent = step_of(published_guide(title="Miller"), "Read"), uuid4()
    own = step_of(guide, "Read").pk
    files = exported(guide) | {
        "credits.yaml": f"- old: [{own}]\n  new: [{other.pk}, {absent}]\n".encode(),
    }
    page = upload(publisher_client, of_guide(guide, "files"), zip_of(files))
    assert page.context["arrival"].credits == [
        f"“Read”, and a step that is not here yet ({absent}) with “Read” of the guide “Miller”"
    ]


def test_an_upload_says_what_it_makes_and_changes_of_what_guides_share(guide, superuser):
    step_of(guide, "Read").skills.set([SkillFactory(name="Kneading")])
    files = changed(exported(guide), "skills.yaml", "name: Kneading", "name: Kneading dough")
    files["sources.yaml"] = b"- key: flour\n  publisher: Flour\n  title: Dough\n  retrieved: 2026-11-20\n"
    page = upload(client_of(superuser), of_guide(guide, "files"), zip_of(files))
    shared = [
        (str(change.thing), change.fields) for change in page.context["arrival"].rehearsal.effects.shared
    ]
    assert shared == [("Kneading dough", ("name",)), ("Flour: Dough", ())]
    assert "The skill “Kneading dough” changes: name." in words(page)
    assert "The source “Flour: Dough” is made." in words(page)


def test_an_upload_that_only_rewrites_a_retired_step_can_be_written(guide, publisher_client):
    retire(guide, [step_of(guide, "Watch")], by=None)
    name = f"retired/{step_of(guide, 'Watch').pk}.md"
    page = upload(publisher_client, of_guide(guide, "files"), zip_of(exported(guide) | {name: b"Look.\n"}))
    assert page.context["arrival"].rehearsal.effects.rewritten == ("Watch",)
    confirm(publisher_client, page)
    assert step_of(guide, "Watch").body == "Look."


def test_looking_at_an_upload_stores_no_picture(guide, editor_client, imports):
    files = exported(guide) | {
        "pictures.yaml": b"- slug: oven\n  alt: An oven\n",
        "pictures/oven.jpg": photo(600, 300),
    }
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    assert [str(change.thing) for change in page.context["arrival"].rehearsal.effects.shared] == ["oven"]
    assert not (imports.parent / "media").exists()
    confirm(editor_client, page)
    stored = sorted(path.name for path in (imports.parent / "media/pictures").iterdir())
    assert stored == sorted(file["name"] for file in Picture.objects.get().files)


# --- Up: written -------------------------------------------------------------------------------


def test_what_was_looked_at_is_written_and_not_published(guide, editor, editor_client, imports):
    files = changed(exported(guide), "path.yaml", "title: Read", "title: Skim")
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    response = confirm(editor_client, page)
    now = Guide.objects.get(pk=guide.pk)
    assert sorted(now.steps.values_list("title", flat=True)) == ["Build", "Skim", "Try", "Watch"]
    assert (now.version, now.changed_by, now.editions.count()) == (guide.version + 1, editor, 1)
    assert said(response) == [
        "The working copy is what the files say. Readers see it once you "
        f'<a href="{of_guide(guide, "publish")}">publish</a>.'
    ]
    assert waiting(imports) == []


def test_what_was_written_is_logged_once(guide, superuser):
    step_of(guide, "Read").skills.set([SkillFactory(name="Kneading")])
    files = changed(exported(guide), "skills.yaml", "name: Kneading", "name: Kneading dough")
    client = client_of(superuser)
    confirm(client, upload(client, of_guide(guide, "files"), zip_of(files)))
    (entry,) = LogEntry.objects.all()
    assert (entry.user, entry.object_id, words_of(entry)) == (
        superuser,
        str(guide.pk),
        "Brought the working copy to uploaded files. Changed with it: skill “Kneading dough”.",
    )
    change = change_of(entry)
    name = "skill “Kneading”: Name"
    assert (change["before"][name], change["after"][name]) == ("Kneading", "Kneading dough")


def test_what_was_edited_meanwhile_is_not_written_over(guide, editor_client):
    files = changed(exported(guide), "path.yaml", "title: Read", "title: Skim")
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    guide.touch(by=None)
    before = everything()
    response = confirm(editor_client, page)
    assert ["was changed" in message for message in said(response)] == [True]
    assert everything() == before


def test_a_zip_that_is_gone_is_told(guide, editor_client, imports):
    files = changed(exported(guide), "path.yaml", "title: Read", "title: Skim")
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    (imports / waiting(imports)[0]).unlink()
    before = everything()
    response = confirm(editor_client, page)
    assert "These files are no longer here: an upload is kept for a day. Upload them again." in words(
        response
    )
    assert (response.status_code, everything()) == (410, before)


@pytest.mark.parametrize("digest", ["x", "../../etc/passwd", "0" * 64, "0" * 63 + "\n"])
def test_a_made_up_digest_finds_nothing(guide, editor_client, digest):
    address = of_guide(guide, "files")
    assert editor_client.get(address, {"zip": digest}).status_code == 410
    assert editor_client.post(address, {"digest": digest, "version": 1}).status_code == 410


# --- Who may -----------------------------------------------------------------------------------


def test_who_may_not_retire_steps_may_not_do_it_by_files(guide, editor_client):
    files = exported(guide)
    text = files["path.yaml"].decode()
    files["path.yaml"] = text[: text.index(f"  - id: {guide.stages.last().pk}")].encode()
    del files["steps/build.md"]
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    assert page.context["arrival"].denials == [
        "It retires steps, puts retired ones back or records what counts for what, which you may not do. "
        "Ask somebody who publishes."
    ]
    before = everything()
    response = confirm(editor_client, page)
    assert "You may not write all of this" in words(response)
    assert (everything(), LogEntry.objects.count()) == (before, 0)


def test_who_may_not_edit_the_catalog_may_not_do_it_by_files(guide, editor_client):
    step_of(guide, "Read").courses.set([CourseFactory(title="Bread", provider=None)])
    files = changed(exported(guide), "catalog.yaml", "title: Bread", "title: Bread for all")
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    assert page.context["arrival"].denials == [
        "It changes the course “Bread for all”, which other guides may name and which you may not change. "
        "Take the change out of the files, or ask somebody who edits the catalog."
    ]
    confirm(editor_client, page)
    assert Course.objects.get().title == "Bread"


def test_who_may_not_edit_the_catalog_may_bring_new_things(guide, editor_client):
    files = changed(exported(guide), "skills.yaml", "[]", "- slug: kneading\n  name: Kneading")
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    confirm(editor_client, page)
    assert Skill.objects.get().name == "Kneading"


@pytest.mark.parametrize("data", [{}, {"digest": "0" * 64}])
def test_who_may_only_look_may_upload_nothing(guide, data):
    client = staff_who_may()
    assert client.post(of_guide(guide, "files"), data).status_code == 403
    assert client.get(of_guide(guide, "files"), {"zip": "0" * 64}).status_code == 403


# --- What is refused ---------------------------------------------------------------------------


def test_files_that_are_wrong_are_refused_with_file_line_and_reason(guide, editor_client):
    files = changed(exported(guide), "path.yaml", "title: Read", "title: Read\n        colour: red")
    files["steps/try.md"] = b"As [@nobody] says."
    before = everything()
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    assert page.status_code == 422
    assert page.context["arrival"].faults == [
        "path.yaml:9: stages.0.steps.0.colour: Extra inputs are not permitted, not 'red'",
        "steps/try.md:1: there is no source “nobody” in sources.yaml",
    ]
    assert (words(page).count("Mend this in the files first"), everything()) == (1, before)


def test_all_that_is_wrong_is_told(guide, editor_client):
    files = exported(guide) | {"steps/try.md": b"As [@nobody] says.", "steps/read.md": b"![](picture:none)"}
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    assert sorted(page.context["arrival"].faults) == [
        "steps/read.md:1: there is no picture “none” in pictures.yaml",
        "steps/try.md:1: there is no source “nobody” in sources.yaml",
    ]


def test_the_files_of_another_guide_are_refused(guide, editor_client):
    page = upload(editor_client, of_guide(guide, "files"), zip_of(exported(published_guide(title="Miller"))))
    assert page.context["arrival"].faults == [
        "guide.yaml:1: these are the files of the guide “Miller”, not of this one. "
        "To bring them in, choose Import a guide on the list of guides."
    ]


def test_an_id_of_another_guide_is_refused(guide, editor_client):
    other = step_of(published_guide(title="Miller"), "Read")
    files = changed(exported(guide), "path.yaml", str(step_of(guide, "Read").pk), str(other.pk))
    page = upload(editor_client, of_guide(guide, "files"), zip_of(files))
    assert page.context["arrival"].faults == ["path.yaml:6: this id belongs to “Read” of the guide “Miller”"]


def test_a_hostile_zip_is_refused(guide, editor_client):
    page = upload(editor_client, of_guide(guide, "files"), zip_of({"../../guide.yaml": b"x"}))
    assert (page.status_code, page.context["arrival"].faults) == (
        422,
        ["../../guide.yaml:1: this name leads out of the zip, or is none"],
    )


def test_what_is_no_zip_is_refused(guide, editor_client):
    page = upload(editor_client, of_guide(guide, "files"), b"Dear reader")
    assert page.context["arrival"].faults == ["zip:1: it is no zip"]


def test_a_form_without_a_file_asks_for_it(guide, editor_client):
    page = editor_client.post(of_guide(guide, "files"), {})
    assert page.context["form"].errors == {"file": ["This field is required."]}


def test_a_zip_that_is_too_large_is_refused_and_not_kept(guide, editor_client, imports, monkeypatch):
    monkeypatch.setattr(uploads, "PACKED", 100)
    page = upload(editor_client, of_guide(guide, "files"), zip_of(exported(guide)))
    assert page.context["form"].errors == {"file": ["The zip has more than 0 MB."]}
    assert waiting(imports) == []


# --- What is kept ------------------------------------------------------------------------------


def test_an_upload_is_kept_under_its_digest_for_nobody_else(imports):
    digest = uploads.keep([b"one", b"two"])
    assert uploads.kept(digest).read_bytes() == b"onetwo"
    assert waiting(imports) == [f"{digest}.zip"]
    assert [path.stat().st_mode & 0o077 for path in (imports, *imports.iterdir())] == [0, 0]


def test_an_upload_that_is_made_twice_is_kept_once(imports):
    assert uploads.keep([b"one"]) == uploads.keep([b"o", b"ne"])
    assert len(waiting(imports)) == 1


def test_uploads_are_removed_after_a_day(imports):
    old, new = uploads.keep([b"old"]), uploads.keep([b"new"])
    (imports / "part-of-something").write_bytes(b"x")
    for name in (f"{old}.zip", "part-of-something"):
        os.utime(imports / name, (time.time() - 90_000,) * 2)
    newest = uploads.keep([b"newest"])
    assert waiting(imports) == sorted([f"{new}.zip", f"{newest}.zip"])


def test_forgetting_what_is_gone_is_no_matter(imports):
    digest = uploads.keep([b"one"])
    uploads.forget(digest)
    uploads.forget(digest)
    assert (uploads.kept(digest), waiting(imports)) == (None, [])


# --- A guide that is not here yet --------------------------------------------------------------


@pytest.fixture
def elsewhere(db):
    """The files of a guide that is not in this database."""
    with another_database():
        guide = guide_with_path(title="Miller", pk=UUID(int=1))
        step_of(guide, "Read").skills.set([SkillFactory(name="Kneading")])
        return exported(guide)


def test_the_list_of_guides_leads_to_the_import(guide, editor_client):
    page = editor_client.get(reverse("admin:guides_guide_changelist"))
    assert f'<a href="{IMPORT}">Import a guide</a>' in words(page)


def test_an_import_shows_what_it_would_make_and_makes_nothing(elsewhere, editor_client):
    before = everything()
    page = upload(editor_client, IMPORT, zip_of(elsewhere))
    titles = [part.title for part in page.context["arrival"].rehearsal.comparison.steps]
    assert titles == ["Read", "Try", "Watch", "Build"]
    assert "nobody reads it until you publish" in words(page)
    assert everything() == before


def test_an_import_makes_the_guide_and_publishes_nothing(elsewhere, editor, editor_client, imports):
    response = confirm(editor_client, upload(editor_client, IMPORT, zip_of(elsewhere)))
    guide = Guide.objects.get()
    assert (guide.title, guide.changed_by, guide.editions.count()) == ("Miller", editor, 0)
    assert response.request["PATH_INFO"] == of_guide(guide, "change")
    assert (exported(guide), waiting(imports)) == (elsewhere, [])
    assert [entry.object_id for entry in LogEntry.objects.all()] == [str(guide.pk)]


def test_an_import_of_a_guide_that_is_here_leads_to_what_it_changes(guide, editor_client):
    files = changed(exported(guide), "path.yaml", "title: Read", "title: Skim")
    page = upload(editor_client, IMPORT, zip_of(files))
    assert page.request["PATH_INFO"] == of_guide(guide, "files")
    assert said(page) == ["This guide is here already. Look at what the files would change in it."]
    confirm(editor_client, page)
    assert guide.steps.filter(title="Skim").exists()


def test_an_import_of_a_guide_that_somebody_made_meanwhile_leads_to_what_it_changes(elsewhere, editor_client):
    page = upload(editor_client, IMPORT, zip_of(elsewhere))
    guide_with_path(title="Miller", pk=UUID(int=1))
    before = everything()
    response = confirm(editor_client, page)
    assert response.request["PATH_INFO"] == of_guide(Guide.objects.get(), "files")
    assert everything() == before


def test_an_import_under_a_slug_that_is_taken_is_refused(elsewhere, editor_client):
    other = guide_with_path(title="Miller")
    page = upload(editor_client, IMPORT, zip_of(elsewhere))
    assert page.context["arrival"].faults == [
        f"guide.yaml:1: the slug “miller” belongs to another guide, with the id {other.pk}"
    ]


def test_an_import_of_nonsense_is_refused(editor_client):
    assert upload(editor_client, IMPORT, b"Dear reader").context["arrival"].faults == ["zip:1: it is no zip"]


def test_who_may_not_add_guides_may_import_none(db):
    client = staff_who_may("guides.change_guide")
    assert [client.get(IMPORT).status_code, client.post(IMPORT, {}).status_code] == [403, 403]
    assert "Import a guide" not in words(client.get(reverse("admin:guides_guide_changelist")))


def test_an_import_shows_the_form_first(editor_client):
    assert 'type="file"' in words(editor_client.get(IMPORT))


# --- Queries -----------------------------------------------------------------------------------


def queries_of_looking(client, count):
    """Return how many queries it takes to show what a zip with `count` changed steps would do."""
    guide = guide_with_path()
    for _ in range(count):
        StepFactory(stage=guide.stages.first(), sources=[SourceFactory()])
    files = exported(guide)
    for name in files:
        if name.startswith("steps/step-"):
            files[name] = b"Changed.\n"
    address = upload(client, of_guide(guide, "files"), zip_of(files))
    with CaptureQueriesContext(connection) as queries:
        client.get(address.request["PATH_INFO"], {"zip": address.context["arrival"].digest})
    return len(queries)


@pytest.mark.parametrize("count", [1, 3])
def test_looking_at_a_zip_takes_a_number_of_queries_that_does_not_depend_on_its_size(publisher_client, count):
    assert queries_of_looking(publisher_client, count) == 71


def test_a_picture_of_ours_comes_back_as_it_is(guide, editor_client):
    largest = encode(photo(1200, 300)).files[-1].content
    files = exported(guide) | {
        "pictures.yaml": b"- slug: oven\n  alt: An oven\n",
        "pictures/oven.webp": largest,
    }
    files["sections/overview.md"] = b"![](picture:oven)\n"
    confirm(editor_client, upload(editor_client, of_guide(guide, "files"), zip_of(files)))
    assert exported(guide)["pictures/oven.webp"] == largest
    assert Path(Picture.objects.get().files[-1]["name"]).suffix == ".webp"
