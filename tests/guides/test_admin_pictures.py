"""Pictures in the studio: added, replaced, refused, listed and shown."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from guides.models import Picture
from tests.factories import PictureFactory, SectionFactory, UserFactory, published_guide
from tests.guides.pictures import drawing, photo

LIST, ADD = reverse("admin:guides_picture_changelist"), reverse("admin:guides_picture_add")
TYPED = {"slug": "oven", "alt": "A hot oven", "credit": "Anna, CC BY 4.0"}


def screen(picture, kind="change"):
    return reverse(f"admin:guides_picture_{kind}", args=[picture.pk])


def upload(content, name="oven.jpg"):
    return SimpleUploadedFile(name, content)


def form_of(response):
    return response.context["adminform"].form


def shown(response):
    """Return the addresses of the pictures of guides on a page."""
    return re.findall(r'<img class="[^"]+" src="(/pictures/[^"]+)"', response.content.decode())


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """Store pictures in a folder of this test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "pictures"


@pytest.fixture
def picture(editor_client):
    """A picture of 300 × 200 pixels, added in the studio."""
    editor_client.post(ADD, {**TYPED, "upload": upload(drawing(), "oven.svg")})
    return Picture.objects.get()


# --- Adding ------------------------------------------------------------------------------------


def test_picture_is_added_with_its_files(editor_client, storage):
    response = editor_client.post(ADD, {**TYPED, "upload": upload(photo(600, 300))})
    assert response.status_code == 302
    picture = Picture.objects.get()
    assert (picture.slug, picture.alt, picture.credit) == ("oven", "A hot oven", "Anna, CC BY 4.0")
    assert (picture.width, picture.height) == (600, 300)
    assert [file["width"] for file in picture.files] == [480, 600]
    assert {path.name for path in storage.iterdir()} == {file["name"] for file in picture.files}


def test_picture_is_known_by_its_content_not_by_its_name(editor_client):
    editor_client.post(ADD, {**TYPED, "upload": upload(drawing(), "../../oven.png")})
    (file,) = Picture.objects.get().files
    assert re.fullmatch(r"[0-9a-f]{20}\.svg", file["name"])


def test_added_picture_is_sent_to_visitors(picture, visitor):
    (file,) = picture.files
    assert visitor.get(reverse("picture", args=[file["name"]])).content == drawing()


def test_picture_without_a_file_is_refused(editor_client):
    response = editor_client.post(ADD, TYPED)
    assert form_of(response).errors == {"upload": ["This field is required."]}
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "The submitted file is empty."),
        (
            b"Dear reader",
            "This cannot be read as a picture. Choose a JPEG, PNG, WebP, AVIF or SVG file.",
        ),
        (
            drawing("<script/>"),
            "The SVG holds <script>, which is not taken. "
            "Export it as plain SVG, without scripts and effects.",
        ),
    ],
    ids=["empty", "text", "script"],
)
def test_refused_file_keeps_what_was_typed(editor_client, storage, content, message):
    form = form_of(editor_client.post(ADD, {**TYPED, "upload": upload(content)}))
    assert form.errors == {"upload": [message]}
    assert {name: form[name].value() for name in TYPED} == TYPED
    assert (Picture.objects.exists(), storage.exists()) == (False, False)


def test_refusal_is_shown_as_words(editor_client):
    content = editor_client.post(ADD, {**TYPED, "upload": upload(b"<script>alert(1)</script>")}).content
    assert b"it begins with &lt;script&gt;." in content


def test_slug_of_another_picture_is_refused(editor_client, picture):
    response = editor_client.post(ADD, {**TYPED, "upload": upload(photo())})
    assert form_of(response).errors == {"slug": ["Picture with this Slug already exists."]}
    assert Picture.objects.get().files == picture.files


def test_picture_needs_words(editor_client):
    response = editor_client.post(ADD, {**TYPED, "alt": " ", "upload": upload(photo())})
    assert form_of(response).errors == {"alt": ["This field is required."]}


def test_adding_asks_for_pictures_alone(editor_client):
    content = editor_client.get(ADD).content.decode()
    (field,) = re.findall('<input type="file"[^>]*>', content)
    assert 'accept="image/jpeg,image/png,image/webp,image/avif,image/svg+xml"' in field
    assert "required" in field


# --- Changing ----------------------------------------------------------------------------------


def test_words_are_changed_without_another_file(editor_client, picture):
    response = editor_client.post(screen(picture), {**TYPED, "alt": "A cold oven"})
    assert response.status_code == 302
    after = Picture.objects.get()
    assert (after.alt, after.files, after.width) == ("A cold oven", picture.files, 300)


def test_file_is_replaced(editor_client, picture, storage):
    editor_client.post(screen(picture), {**TYPED, "upload": upload(photo(600, 300))})
    after = Picture.objects.get()
    assert (after.pk, after.width, len(after.files)) == (picture.pk, 600, 2)
    assert len(list(storage.iterdir())) == 3  # editions may show the one before


def test_refused_replacement_leaves_the_picture_as_it_was(editor_client, picture):
    response = editor_client.post(
        screen(picture), {**TYPED, "alt": "A cold oven", "upload": upload(b"no picture")}
    )
    assert list(form_of(response).errors) == ["upload"]
    assert form_of(response)["alt"].value() == "A cold oven"
    after = Picture.objects.get()
    assert (after.alt, after.files) == ("A hot oven", picture.files)


def test_screen_shows_the_picture_and_how_a_text_names_it(editor_client, picture):
    response = editor_client.get(screen(picture))
    assert shown(response) == [reverse("picture", args=[picture.files[0]["name"]])]
    assert '<code>![](picture:oven "What stands below it.")</code>' in response.content.decode()


def test_screen_asks_for_another_file_and_needs_none(editor_client, picture):
    field = form_of(editor_client.get(screen(picture))).fields["upload"]
    assert (field.label, field.required) == ("Another file", False)


def test_picture_is_deleted_and_its_file_stays(editor_client, picture, storage):
    editor_client.post(screen(picture, "delete"), {"post": "yes"})
    assert not Picture.objects.exists()
    assert [path.name for path in storage.iterdir()] == [file["name"] for file in picture.files]


def test_edition_goes_on_showing_a_picture_that_was_replaced(editor_client, visitor, picture):
    guide = published_guide()
    SectionFactory(guide=guide, body="![](picture:oven)")
    guide.publish(by=None)
    editor_client.post(screen(picture), {**TYPED, "upload": upload(photo())})
    content = visitor.get(reverse("guide", args=[guide.slug])).content.decode()
    (address,) = re.findall('<img src="(/pictures/[^"]+)"', content)
    assert visitor.get(address).content == drawing()


# --- The list, and who may see it --------------------------------------------------------------


def test_list_shows_each_picture_with_its_size(editor_client, picture):
    response = editor_client.get(LIST)
    assert shown(response) == [reverse("picture", args=[picture.files[0]["name"]])]
    content = response.content.decode()
    assert re.findall(r'<td class="field-(?:size|alt|credit)">([^<]*)<', content) == [
        "300 × 200",
        "A hot oven",
        "Anna, CC BY 4.0",
    ]


@pytest.mark.parametrize("query", ["oven", "HOT", "anna", "nobody"])
def test_list_is_searched_by_slug_words_and_credit(editor_client, picture, query):
    PictureFactory(slug="bread")
    found = [found.slug for found in editor_client.get(LIST, {"q": query}).context["cl"].queryset]
    assert found == ([] if query == "nobody" else ["oven"])


@pytest.mark.parametrize("pictures", [1, 3])
def test_list_costs_the_same_for_one_picture_and_for_three(
    editor_client, pictures, django_assert_num_queries
):
    PictureFactory.create_batch(pictures)
    with django_assert_num_queries(7):
        assert len(shown(editor_client.get(LIST))) == pictures


def test_screens_are_closed_to_all_but_editors(visitor, learner_client, picture):
    staff = UserFactory(is_staff=True)
    addresses = [LIST, ADD, screen(picture), screen(picture, "delete")]
    statuses = {
        client.get(address).status_code for client in (visitor, learner_client) for address in addresses
    }
    visitor.force_login(staff)
    assert (statuses, {visitor.get(address).status_code for address in addresses}) == ({302}, {403})


def test_picture_of_a_learner_is_not_taken(learner_client, db, storage):
    learner_client.post(ADD, {**TYPED, "upload": upload(photo())})
    assert (Picture.objects.exists(), storage.exists()) == (False, False)


def test_picture_that_a_text_shows_is_not_deleted(editor_client):
    picture, guide = PictureFactory(slug="oven"), published_guide()
    guide.sections.update(body="![](picture:oven)")
    answer = editor_client.post(f"/admin/guides/picture/{picture.pk}/delete/", {"post": "yes"})
    assert "Overview: it shows oven, so take it out there first" in answer.content.decode()
    assert Picture.objects.filter(pk=picture.pk).exists()
