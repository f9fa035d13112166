"""Content folders: loaded whole or refused whole, and never over somebody's edits."""

import re
import shutil
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import Certification, Course, Provider, Skill
from guides.loading.reading import BrokenFolder
from guides.loading.storing import EditedSince, Outcome, load_folder
from guides.models import CreditStep, Edition, EditionStep, Guide, Picture, Section, Source, Stage, Step
from guides.pictures.encoding import encode
from guides.pictures.storing import read
from guides.publishing import unpublish
from tests.factories import PictureFactory, guide_with_path, published_guide, step_of
from tests.guides.pictures import drawing, photo
from tests.threads import at_once

CONTENT = settings.BASE_DIR / "guides/content/machine-learning-engineer"

FILES = {
    "guide.yaml": """\
id: 00000000-0000-4000-8000-000000000001
slug: baker
title: Baker
summary: Bakes bread.
occupation_codes: ['51-3011']
sections:
  - id: 00000000-0000-4000-8000-000000000002
    slug: overview
    kind: overview
    title: What a baker does
    checked_on: 2026-11-20
""",
    "path.yaml": """\
stages:
  - id: 00000000-0000-4000-8000-000000000010
    slug: learn
    title: Learn
    steps:
      - id: 00000000-0000-4000-8000-000000000011
        slug: knead
        title: Knead dough
        done_when: the dough no longer sticks.
        effort_hours: 20
        skills: [kneading]
        courses: [bread-for-all]
        certifications: [journeyman]
        sources: [flour-times]
      - id: 00000000-0000-4000-8000-000000000012
        slug: bake
        title: Bake bread
        after: [knead]
  - id: 00000000-0000-4000-8000-000000000020
    slug: work
    title: Work
    summary: Where the bread is sold.
    steps:
      - id: 00000000-0000-4000-8000-000000000021
        slug: school
        title: Trade school
        choice: Trade
        route: School
      - id: 00000000-0000-4000-8000-000000000022
        slug: apprentice
        title: Apprenticeship
        choice: Trade
        route: Workshop
      - id: 00000000-0000-4000-8000-000000000023
        slug: watch
        title: Watch a master
        optional: true
""",
    "skills.yaml": """\
- slug: kneading
  name: Kneading
""",
    "sources.yaml": """\
- key: flour-times
  publisher: Flour Times
  title: All about dough
  url: https://flour.example.org/dough
  published: 2021
  accessed: 2022-11-08
  retrieved: 2026-11-20
  cited_by: [crumb-weekly]
- key: crumb-weekly
  publisher: Crumb Weekly
  title: What others say
  retrieved: 2026-11-20
""",
    "catalog.yaml": """\
providers:
  - slug: oven-academy
    name: Oven Academy
courses:
  - slug: bread-for-all
    title: Bread for all
    provider: oven-academy
    platform: oven-academy
    skills: [kneading]
certifications:
  - slug: journeyman
    title: Journeyman's certificate
    issuer: oven-academy
""",
    "sections/overview.md": "A baker bakes.\n\nThey rise early [@flour-times].\n",
    "steps/knead.md": "Press and fold.\n",
    "steps/bake.md": "Hot, then less hot.\n",
    "steps/school.md": "Three years.\n",
    "steps/apprentice.md": "Three years too.\n",
    "steps/watch.md": "\n",
}
STORED = (
    *(Guide, Section, Stage, Step, Source, Edition, EditionStep, CreditStep),
    *(Skill, Provider, Course, Certification, Picture),
)


@pytest.fixture
def folder(tmp_path):
    """A content folder of a guide with two stages and five steps, one of them optional."""
    made = tmp_path / "baker"
    for name, text in FILES.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text)
    return made


PICTURES = """\
- slug: oven
  alt: A hot oven
  credit: Anna, CC BY 4.0
- slug: loaf
  alt: A loaf of bread
"""


@pytest.fixture
def illustrated(folder):
    """The folder with a photo and a drawing, both shown by its section."""
    (folder / "pictures.yaml").write_text(PICTURES)
    (folder / "pictures").mkdir()
    (folder / "pictures/oven.jpg").write_bytes(photo(600, 300))
    (folder / "pictures/loaf.svg").write_bytes(drawing())
    overview = FILES["sections/overview.md"]
    (folder / "sections/overview.md").write_text(f"{overview}\n![](picture:oven)\n\n![](picture:loaf)\n")
    return folder


@pytest.fixture
def loaded(db, folder):
    """The guide of the folder, loaded."""
    load_folder(folder)
    return Guide.objects.get(slug="baker")


def replace(folder, name, old, new):
    """Write `new` for `old` in the file `name`; it has to be there."""
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))


def stored():
    """Return every row that loading could touch."""
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in STORED]


def steps_of(guide):
    """Return the titles of the path's steps, in its order."""
    return list(guide.steps.live().order_by("stage__position", "position").values_list("title", flat=True))


# --- The content that comes with the site ------------------------------------------------------


def test_the_content_of_the_site_loads_and_publishes(db):
    assert load_folder(CONTENT) == Outcome.LOADED
    guide = Guide.objects.get(slug="machine-learning-engineer")
    assert [edition.guide for edition in Edition.objects.public()] == [guide]
    assert 8 <= guide.stages.count() <= 10
    assert 40 <= guide.steps.count() <= 60


def test_the_content_of_the_site_loads_once(db):
    load_folder(CONTENT)
    before = stored()
    assert load_folder(CONTENT) == Outcome.SAME
    assert load_folder(CONTENT, force=True) == Outcome.LOADED
    assert Edition.objects.count() == 1
    assert stored()[3:] == before[3:]


# --- A whole folder ----------------------------------------------------------------------------


def test_load_stores_the_guide(loaded):
    assert (str(loaded.pk), loaded.title) == ("00000000-0000-4000-8000-000000000001", "Baker")
    assert (loaded.summary, loaded.occupation_codes) == ("Bakes bread.", "51-3011")
    section = loaded.sections.get()
    assert (section.title, section.body) == (
        "What a baker does",
        "A baker bakes.\n\nThey rise early [@flour-times].",
    )


def test_load_stores_the_path_in_the_order_of_the_file(loaded):
    assert [stage.title for stage in loaded.stages.all()] == ["Learn", "Work"]
    assert steps_of(loaded) == [
        *("Knead dough", "Bake bread"),
        *("Trade school", "Apprenticeship", "Watch a master"),
    ]


def test_load_stores_a_step_with_all_that_it_names(loaded):
    step = loaded.steps.get(slug="knead")
    assert (step.body, step.done_when, step.effort_hours) == (
        "Press and fold.",
        "the dough no longer sticks.",
        20,
    )
    assert [
        *step.skills.values_list("slug", flat=True),
        *step.courses.values_list("slug", flat=True),
        *step.certifications.values_list("slug", flat=True),
        *step.sources.values_list("key", flat=True),
    ] == ["kneading", "bread-for-all", "journeyman", "flour-times"]
    assert [before.slug for before in loaded.steps.get(slug="bake").after.all()] == ["knead"]


def test_load_stores_the_catalog_and_the_sources(loaded):
    course = Course.objects.get()
    assert (course.provider, course.platform) == (Provider.objects.get(), Provider.objects.get())
    assert Certification.objects.get().issuer == Provider.objects.get()
    source = Source.objects.get(key="flour-times")
    assert (source.published, str(source.accessed_on)) == ("2021", "2022-11-08")
    assert [citing.key for citing in source.cited_by.all()] == ["crumb-weekly"]


def test_load_publishes(loaded):
    edition = loaded.editions.get()
    assert (edition.number, edition.author, edition.note) == (1, None, "Loaded from files")


def test_load_twice_does_nothing(loaded, folder):
    before = stored()
    assert load_folder(folder) == Outcome.SAME
    assert stored() == before


def test_load_of_a_change_publishes_it(loaded, folder):
    replace(folder, "path.yaml", "Knead dough", "Knead dough well")
    assert load_folder(folder) == Outcome.LOADED
    assert loaded.editions.count() == 2
    assert loaded.steps.get(slug="knead").title == "Knead dough well"


def test_load_of_a_change_raises_the_version(loaded, folder):
    replace(folder, "path.yaml", "Knead dough", "Knead dough well")
    load_folder(folder)
    assert Guide.objects.get().version == loaded.version + 1


def test_load_of_a_comment_publishes_nothing(loaded, folder):
    replace(folder, "skills.yaml", "- slug", "# All of them\n- slug")
    assert load_folder(folder) == Outcome.LOADED
    assert loaded.editions.count() == 1


def test_load_leaves_other_guides_alone(db, folder):
    other = published_guide()
    before = other.editions.values().get()
    load_folder(folder)
    assert (other.editions.values().get(), other.steps.live().count()) == (before, 4)


# --- Pictures, and the steps of sections -------------------------------------------------------


def test_load_stores_the_pictures(db, illustrated):
    load_folder(illustrated)
    loaf, oven = Picture.objects.all()
    assert (oven.slug, oven.alt, oven.credit) == ("oven", "A hot oven", "Anna, CC BY 4.0")
    assert (oven.width, oven.height, [file["width"] for file in oven.files]) == (600, 300, [480, 600])
    assert (loaf.alt, loaf.credit, loaf.width) == ("A loaf of bread", "", 300)


def test_load_publishes_the_pictures(db, illustrated, visitor):
    load_folder(illustrated)
    content = visitor.get("/guides/baker/").content.decode()
    addresses = re.findall('<img src="(/pictures/[^"]+)"', content)
    assert [visitor.get(address)["Content-Type"] for address in addresses] == ["image/webp", "image/svg+xml"]


def test_load_of_pictures_twice_does_nothing(db, illustrated):
    load_folder(illustrated)
    before = stored()
    assert load_folder(illustrated) == Outcome.SAME
    assert stored() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pictures/oven.jpg", photo(500, 300)),
        ("pictures/loaf.svg", drawing("<g/>")),
        ("pictures.yaml", PICTURES.replace("A hot oven", "A cold oven").encode()),
    ],
)
def test_load_of_a_changed_picture_publishes_it(db, illustrated, name, content):
    load_folder(illustrated)
    (illustrated / name).write_bytes(content)
    assert load_folder(illustrated) == Outcome.LOADED
    assert (Edition.objects.count(), Picture.objects.count()) == (2, 2)


def test_load_of_a_picture_as_another_kind_of_file_replaces_it(db, illustrated):
    load_folder(illustrated)
    (illustrated / "pictures/oven.jpg").unlink()
    (illustrated / "pictures/oven.svg").write_bytes(drawing())
    assert load_folder(illustrated) == Outcome.LOADED
    assert Picture.objects.get(slug="oven").files == Picture.objects.get(slug="loaf").files


def test_load_overwrites_a_picture_that_was_made_by_hand(db, illustrated):
    by_hand = PictureFactory(slug="oven")
    load_folder(illustrated)
    by_hand.refresh_from_db()
    assert (by_hand.alt, by_hand.width) == ("A hot oven", 600)


def test_load_leaves_pictures_that_the_files_no_longer_name(db, illustrated):
    load_folder(illustrated)
    shutil.rmtree(illustrated / "pictures")
    (illustrated / "pictures.yaml").unlink()
    (illustrated / "sections/overview.md").write_text("A baker bakes.")
    assert load_folder(illustrated) == Outcome.LOADED
    assert Picture.objects.count() == 2


def test_a_picture_that_was_edited_is_no_edit_of_the_guide(db, illustrated):
    load_folder(illustrated)
    Picture.objects.update(alt="Edited")
    replace(illustrated, "path.yaml", "Bake bread", "Bake more bread")
    assert load_folder(illustrated) == Outcome.LOADED
    assert set(Picture.objects.values_list("alt", flat=True)) == {"A hot oven", "A loaf of bread"}


def explain(folder, *slugs):
    replace(folder, "guide.yaml", "kind: overview", f"kind: overview\n    steps: [{', '.join(slugs)}]")


def test_load_relates_a_section_to_the_steps_that_it_explains(db, folder):
    explain(folder, "bake", "knead")
    load_folder(folder)
    assert {step.slug for step in Section.objects.get().steps.all()} == {"bake", "knead"}


def test_load_takes_steps_away_from_a_section(db, folder):
    explain(folder, "bake", "knead")
    load_folder(folder)
    replace(folder, "guide.yaml", "[bake, knead]", "[knead]")
    assert load_folder(folder) == Outcome.LOADED
    assert [step.slug for step in Section.objects.get().steps.all()] == ["knead"]


def test_load_refuses_to_undo_an_edit_of_the_steps_of_a_section(loaded, folder):
    loaded.sections.get().steps.add(loaded.steps.get(slug="bake"))
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    with pytest.raises(EditedSince):
        load_folder(folder)


# --- Edits of the working copy -----------------------------------------------------------------


def edit(guide, title="Edited"):
    guide.steps.filter(slug="knead").update(title=title)


def test_load_refuses_to_undo_an_edit(loaded, folder):
    edit(loaded)
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    before = stored()
    with pytest.raises(EditedSince, match=r"“Baker” was edited .* Load with --force to overwrite the edits"):
        load_folder(folder)
    assert stored() == before


def test_load_of_the_same_files_does_not_mind_an_edit(loaded, folder):
    edit(loaded)
    assert load_folder(folder) == Outcome.EDITED
    assert loaded.steps.get(slug="knead").title == "Edited"


def test_load_with_force_overwrites_an_edit(loaded, folder):
    edit(loaded)
    assert load_folder(folder, force=True) == Outcome.LOADED
    assert loaded.steps.get(slug="knead").title == "Knead dough"


def test_an_edit_that_was_taken_back_is_no_edit(loaded, folder):
    edit(loaded)
    edit(loaded, "Knead dough")
    loaded.touch(by=None)
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    assert load_folder(folder) == Outcome.LOADED


def test_load_refuses_over_a_guide_that_was_made_by_hand(db, folder):
    guide = guide_with_path(pk=UUID("00000000-0000-4000-8000-000000000001"))
    with pytest.raises(EditedSince):
        load_folder(folder)
    assert steps_of(guide) == ["Read", "Try", "Watch", "Build"]


def test_if_absent_loads_a_guide_that_is_not_there(db, folder):
    assert load_folder(folder, if_absent=True) == Outcome.LOADED


def test_if_absent_leaves_a_guide_that_is_there_alone(loaded, folder):
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    before = stored()
    assert load_folder(folder, if_absent=True) == Outcome.THERE
    assert stored() == before


# --- Steps and stages that come and go ---------------------------------------------------------

BAKE = """\
      - id: 00000000-0000-4000-8000-000000000012
        slug: bake
        title: Bake bread
        after: [knead]
"""


def take_away_bake(folder):
    replace(folder, "path.yaml", BAKE, "")
    (folder / "steps/bake.md").unlink()


def put_back_bake(folder):
    for name in ("path.yaml", "steps/bake.md"):
        (folder / name).write_text(FILES[name])


def test_a_published_step_that_the_files_no_longer_name_is_retired(loaded, folder):
    take_away_bake(folder)
    load_folder(folder)
    assert loaded.steps.get(slug="bake").retired_at is not None
    assert loaded.editions.count() == 2


def test_an_unpublished_step_that_the_files_no_longer_name_is_deleted(loaded, folder):
    loaded.steps.create(stage=loaded.stages.first(), slug="by-hand", title="By hand")
    load_folder(folder, force=True)
    assert not loaded.steps.filter(title="By hand").exists()
    assert loaded.steps.count() == 5


def test_a_retired_step_comes_back_when_the_files_name_it_again(loaded, folder):
    take_away_bake(folder)
    load_folder(folder)
    put_back_bake(folder)
    load_folder(folder)
    assert loaded.steps.get(slug="bake").retired_at is None
    assert loaded.steps.count() == 5


def test_a_retired_step_leaves_its_slug_to_a_new_one(loaded, folder):
    replace(folder, "path.yaml", "000000000012", "000000000099")
    load_folder(folder)
    assert [(step.pk.int & 0xFF, step.retired_at is None) for step in loaded.steps.filter(slug="bake")] == [
        (0x12, False),
        (0x99, True),
    ]


def test_two_steps_that_swap_their_slugs_stay_who_they_are(loaded, folder):
    for old, new in (("slug: knead", "slug: x"), ("slug: bake", "slug: knead"), ("slug: x", "slug: bake")):
        replace(folder, "path.yaml", old, new)
    replace(folder, "path.yaml", "after: [knead]", "after: [bake]")
    load_folder(folder)
    assert {step.title: step.slug for step in loaded.steps.filter(slug__in=["knead", "bake"])} == {
        "Knead dough": "bake",
        "Bake bread": "knead",
    }
    assert loaded.steps.get(title="Knead dough").body == "Hot, then less hot."


def test_a_step_that_moves_to_another_stage_stays_who_it_is(loaded, folder):
    step = loaded.steps.get(slug="bake")
    replace(folder, "path.yaml", BAKE, "")
    (folder / "path.yaml").write_text((folder / "path.yaml").read_text() + BAKE)
    load_folder(folder)
    assert loaded.steps.get(pk=step.pk).stage.slug == "work"


def test_a_stage_that_the_files_no_longer_name_goes_and_its_steps_retire(loaded, folder):
    text = FILES["path.yaml"]
    (folder / "path.yaml").write_text(text[: text.index("  - id: 00000000-0000-4000-8000-000000000020")])
    for slug in ("school", "apprentice", "watch"):
        (folder / f"steps/{slug}.md").unlink()
    load_folder(folder)
    assert [stage.slug for stage in loaded.stages.all()] == ["learn"]
    assert {step.slug for step in loaded.steps.exclude(retired_at=None)} == {"school", "apprentice", "watch"}


def test_a_stage_that_goes_leaves_the_steps_that_moved(loaded, folder):
    replace(folder, "path.yaml", "000000000020\n    slug: work", "000000000030\n    slug: shop")
    load_folder(folder)
    assert [stage.slug for stage in loaded.stages.all()] == ["learn", "shop"]
    assert loaded.steps.live().count() == 5


def test_a_section_that_the_files_no_longer_name_is_deleted(loaded, folder):
    replace(
        folder, "guide.yaml", FILES["guide.yaml"][FILES["guide.yaml"].index("sections:") :], "sections: []\n"
    )
    (folder / "sections/overview.md").unlink()
    load_folder(folder)
    assert loaded.sections.count() == 0


# --- Broken folders ----------------------------------------------------------------------------


def write(name, text):
    return lambda folder: (folder / name).write_text(text)


def write_bytes(name, content):
    return lambda folder: (folder / name).write_bytes(content)


def swap(name, old, new):
    return lambda folder: replace(folder, name, old, new)


def delete(name):
    return lambda folder: (folder / name).unlink()


BROKEN = {
    "broken YAML": (swap("guide.yaml", "title: Baker", "title: [Baker"), "guide.yaml:4: not valid YAML: "),
    "a tab": (swap("path.yaml", "    slug: learn", "\tslug: learn"), "path.yaml:3: not valid YAML: "),
    "an unknown tag": (
        swap("guide.yaml", "title: Baker", "title: !!python/name:os.system"),
        "guide.yaml:3: not valid YAML: could not determine a constructor",
    ),
    "two documents": (
        swap("guide.yaml", "slug: baker", "---\nslug: baker"),
        "guide.yaml:2: not valid YAML: ",
    ),
    "a missing file": (delete("skills.yaml"), "skills.yaml:1: this file is missing"),
    "a missing text": (delete("steps/bake.md"), "steps/bake.md:1: this file is missing"),
    "a missing section": (delete("sections/overview.md"), "sections/overview.md:1: this file is missing"),
    "a left-over file": (
        write("steps/roll.md", "Roll."),
        "steps/roll.md:1: no section or step has this slug; rename the file or take it away",
    ),
    "a repeated id": (
        swap("path.yaml", "000000000012", "000000000011"),
        "path.yaml:15: “00000000-0000-4000-8000-000000000011” stands here for the second time",
    ),
    "a repeated slug": (
        swap("path.yaml", "slug: watch", "slug: bake"),
        "path.yaml:35: “bake” stands here for the second time",
    ),
    "a repeated slug of a stage": (
        swap("path.yaml", "slug: work", "slug: learn"),
        "path.yaml:20: “learn” stands here for the second time",
    ),
    "a repeated source": (
        swap("sources.yaml", "key: crumb-weekly", "key: flour-times"),
        "sources.yaml:9: “flour-times” stands here for the second time",
    ),
    "an unknown skill": (
        swap("path.yaml", "skills: [kneading]", "skills: [juggling]"),
        "path.yaml:11: there is no skill “juggling”",
    ),
    "an unknown skill of a course": (
        swap("catalog.yaml", "skills: [kneading]", "skills: [juggling]"),
        "catalog.yaml:9: there is no skill “juggling”",
    ),
    "an unknown course": (
        swap("path.yaml", "[bread-for-all]", "[cake]"),
        "path.yaml:12: there is no course “cake”",
    ),
    "an unknown certification": (
        swap("path.yaml", "[journeyman]", "[master]"),
        "path.yaml:13: there is no certification “master”",
    ),
    "an unknown source": (
        swap("path.yaml", "[flour-times]", "[hearsay]"),
        "path.yaml:14: there is no source “hearsay”",
    ),
    "an unknown citing source": (
        swap("sources.yaml", "[crumb-weekly]", "[hearsay]"),
        "sources.yaml:8: there is no source “hearsay”",
    ),
    "an unknown step": (swap("path.yaml", "[knead]", "[roll]"), "path.yaml:18: there is no step “roll”"),
    "an unknown provider": (
        swap("catalog.yaml", "provider: oven-academy", "provider: nobody"),
        "catalog.yaml:7: there is no provider “nobody”",
    ),
    "an unknown issuer": (
        swap("catalog.yaml", "issuer: oven-academy", "issuer: nobody"),
        "catalog.yaml:13: there is no provider “nobody”",
    ),
    "an unknown citation": (
        write("steps/bake.md", "Hot.\n\nAs [@hearsay] says."),
        "steps/bake.md:3: there is no source “hearsay” in sources.yaml",
    ),
    "steps in a circle": (
        swap("path.yaml", "title: Knead dough", "title: Knead dough\n        after: [bake]"),
        ": these steps go in a circle: ",
    ),
    "a step after itself": (
        swap("path.yaml", "[knead]", "[bake]"),
        "path.yaml:18: these steps go in a circle: bake → bake",
    ),
    "an unknown key": (
        swap("guide.yaml", "summary: Bakes bread.", "summary: Bakes bread.\ncolour: brown"),
        "guide.yaml:5: colour: Extra inputs are not permitted, not 'brown'",
    ),
    "a missing key": (swap("guide.yaml", "title: Baker\n", ""), "guide.yaml:1: title: Field required"),
    "a wrong type": (
        swap("path.yaml", "effort_hours: 20", "effort_hours: many"),
        "path.yaml:10: stages.0.steps.0.effort_hours: Input should be a valid integer",
    ),
    "fewer than no hours": (
        swap("path.yaml", "effort_hours: 20", "effort_hours: -1"),
        "must be a whole number of hours from 0 to 2147483647, not -1",
    ),
    "a wrong date": (
        swap("guide.yaml", "2026-11-20", "yesterday"),
        "guide.yaml:11: sections.0.checked_on: Input should be a valid date",
    ),
    "an impossible date": (
        swap("guide.yaml", "2026-11-20", "2026-02-30"),
        "guide.yaml:11: sections.0.checked_on: Input should be a valid date",
    ),
    "a wrong link": (
        swap("sources.yaml", "https://flour.example.org/dough", "javascript:alert(1)"),
        "sources.yaml:4: 0.url: URL scheme should be 'http' or 'https'",
    ),
    "a wrong id": (
        swap("guide.yaml", "id: 00000000-0000-4000-8000-000000000001", "id: baker"),
        "guide.yaml:1: id: Input should be a valid UUID",
    ),
    "a wrong slug": (
        swap("guide.yaml", "slug: baker", "slug: Bäcker"),
        "guide.yaml:2: slug: String should match pattern",
    ),
    "a slug with a line break": (
        swap("path.yaml", "slug: watch", 'slug: "watch\\n"'),
        "path.yaml:35: stages.1.steps.2.slug: String should match pattern",
    ),
    "a reserved slug": (
        swap("guide.yaml", "slug: baker", "slug: compare"),
        "guide.yaml:2: slug: these slugs are taken by pages of the site: compare, facets, match",
    ),
    "an unknown kind": (
        swap("guide.yaml", "kind: overview", "kind: gossip"),
        "guide.yaml:9: sections.0.kind: Input should be 'overview'",
    ),
    "not UTF-8": (
        write_bytes("steps/bake.md", "Hot.\nWeiß".encode("latin-1")),
        "steps/bake.md:2: not UTF-8 text",
    ),
    "YAML that is not UTF-8": (
        write_bytes("skills.yaml", "- slug: a\n  name: Weiß".encode("latin-1")),
        "skills.yaml:2: not UTF-8 text",
    ),
    "a repeated key": (
        swap("guide.yaml", "slug: baker", "slug: baker\nslug: other"),
        "guide.yaml:3: the key “slug” stands here for the second time",
    ),
    "a choice with one route": (
        swap("path.yaml", "route: Workshop", "route: School"),
        "path.yaml:24: The choice “Trade” has a single route, at the step “Trade school”.",
    ),
    "a choice across stages": (
        swap(
            "path.yaml", "title: Bake bread", "title: Bake bread\n        choice: Trade\n        route: Home"
        ),
        "belongs to the choice “Trade” of another stage.",
    ),
    "an optional step in a choice": (
        swap("path.yaml", "route: Workshop", "route: Workshop\n        optional: true"),
        "path.yaml:29: stages.1.steps.1: a step of a choice cannot be optional",
    ),
    "a route without a choice": (
        swap("path.yaml", "title: Bake bread", "title: Bake bread\n        route: Home"),
        "path.yaml:15: stages.0.steps.1: a choice needs a route, and a route needs its choice",
    ),
    "a stage without steps": (
        swap(
            "path.yaml",
            "  - id: 00000000-0000-4000-8000-000000000020",
            "  - id: 00000000-0000-4000-8000-000000000030\n    slug: rest\n    title: Rest\n    steps: []\n"
            "  - id: 00000000-0000-4000-8000-000000000020",
        ),
        "path.yaml:19: The stage “Rest” has no step.",
    ),
    "an empty file": (write("path.yaml", ""), "path.yaml:1: "),
    "a file of comments": (write("skills.yaml", "# none yet\n"), "skills.yaml:1: "),
    "a list for a mapping": (write("guide.yaml", "- baker\n"), "guide.yaml:1: "),
    "a mapping for a list": (write("skills.yaml", "kneading: Kneading\n"), "skills.yaml:1: "),
    "a word for a mapping": (write("path.yaml", "learn\n"), "path.yaml:1: "),
    "a mapping for a key": (swap("guide.yaml", "slug: baker", "{a: b}: baker"), "guide.yaml:2: "),
    "a list for a key": (swap("guide.yaml", "slug: baker", "? [a]\n: baker"), "guide.yaml:2: "),
    "an alias to itself": (
        swap("path.yaml", "stages:\n", "loop: &a [*a]\nstages:\n"),
        "path.yaml:1: not valid YAML: aliases cannot be used here",
    ),
    "an endless alias": (
        swap("skills.yaml", "- slug", "- &a [1]\n- &b [*a, *a]\n- slug"),
        "skills.yaml:2: not valid YAML: aliases cannot be used here",
    ),
    "a tower of lists": (write("skills.yaml", "[" * 5000), "skills.yaml:1: not valid YAML: "),
    "a number of many digits": (
        swap("path.yaml", "effort_hours: 20", f"effort_hours: {'9' * 5000}"),
        "path.yaml:1: not valid YAML: ",
    ),
    "a wrong choice alone": (
        swap("path.yaml", "title: Bake bread", "title: Bake bread\n        choice: Trade"),
        "path.yaml:15: stages.0.steps.1: a choice needs a route, and a route needs its choice",
    ),
    "a folder for a text": (
        lambda folder: [(folder / "steps/bake.md").unlink(), (folder / "steps/bake.md").mkdir()],
        "steps/bake.md:1: cannot be read: Is a directory",
    ),
    "a key that is too long": (
        swap(
            "sources.yaml",
            "retrieved: 2026-11-20\n  cited",
            f"retrieved: 2026-11-20\n- key: {'k' * 61}\n  cited",
        ),
        "sources.yaml:8: 1.key: String should have at most 60 characters",
    ),
    "a NUL in a text": (write("steps/bake.md", "Hot.\nCold\0."), "steps/bake.md:2: a NUL character"),
    "a NUL in a title": (
        swap("path.yaml", "title: Bake bread", 'title: "Bake\\0"'),
        "path.yaml:17: stages.0.steps.1.title: a NUL",
    ),
    "a NUL in YAML": (write("skills.yaml", "- slug: a\0"), "skills.yaml:1: a NUL character"),
    "half a character": (swap("path.yaml", "title: Bake bread", 'title: "\\uD800"'), "path.yaml:17: "),
    "a title that is too long": (
        swap("guide.yaml", "title: Baker", f"title: {'B' * 121}"),
        "guide.yaml:3: title: String should have at most 120 characters",
    ),
    "a summary that is too long": (
        swap("path.yaml", "Where the bread is sold.", "w" * 401),
        "path.yaml:22: stages.1.summary: String should have at most 400 characters",
    ),
    "a link that is too long": (
        swap("sources.yaml", "/dough", f"/{'d' * 600}"),
        "sources.yaml:4: 0.url: String should have at most 500 characters",
    ),
    "a link of a course that is too long": (
        swap("catalog.yaml", "Bread for all", f"Bread for all\n    url: https://a.example/{'d' * 300}"),
        "catalog.yaml:7: courses.0.url: String should have at most 200 characters",
    ),
    "too many occupation codes": (
        swap("guide.yaml", "['51-3011']", f"[{', '.join(['51-3011'] * 20)}]"),
        "guide.yaml:5: occupation_codes: List should have at most 15 items",
    ),
    "an empty title": (
        swap("guide.yaml", "title: Baker", "title: ' '"),
        "guide.yaml:3: title: String should have at least 1 character",
    ),
}


UNREADABLE = "This cannot be read as a picture. Choose a JPEG, PNG, WebP, AVIF or SVG file."
BROKEN_PICTURES = {
    "a picture without a file": (
        delete("pictures/loaf.svg"),
        "pictures.yaml:4: there is no file pictures/loaf.* for it",
    ),
    "no folder of pictures": (
        lambda folder: shutil.rmtree(folder / "pictures"),
        "pictures.yaml:1: there is no file pictures/oven.* for it",
    ),
    "a picture without an entry": (
        write_bytes("pictures/roll.png", photo(kind="PNG")),
        "pictures/roll.png:1: pictures.yaml has no entry of this slug",
    ),
    "pictures without entries": (
        delete("pictures.yaml"),
        "pictures/oven.jpg:1: pictures.yaml has no entry of this slug",
    ),
    "a folder in the place of a picture": (
        lambda folder: (
            (folder / "pictures/loaf.svg").rename(folder / "pictures/loaf")
            and (folder / "pictures/loaf.d").mkdir()
        ),
        "pictures.yaml:4: there is no file pictures/loaf.* for it",
    ),
    "two files of one picture": (
        write_bytes("pictures/oven.png", photo(kind="PNG")),
        "pictures/oven.png:1: oven.jpg is a file of the same picture",
    ),
    "a file that is no picture": (
        write_bytes("pictures/oven.jpg", b"Dear reader"),
        f"pictures/oven.jpg:1: {UNREADABLE}",
    ),
    "an empty picture": (write_bytes("pictures/oven.jpg", b""), f"pictures/oven.jpg:1: {UNREADABLE}"),
    "a drawing with a script": (
        write_bytes("pictures/loaf.svg", drawing("<script/>")),
        "pictures/loaf.svg:1: The SVG holds <script>, which is not taken. "
        "Export it as plain SVG, without scripts and effects.",
    ),
    "an unknown picture in a section": (
        write("sections/overview.md", "A baker.\n\n![](picture:roll)"),
        "sections/overview.md:3: there is no picture “roll” in pictures.yaml",
    ),
    "an unknown picture in a step": (
        write("steps/bake.md", "![](picture:roll)"),
        "steps/bake.md:1: there is no picture “roll” in pictures.yaml",
    ),
    "a repeated picture": (
        swap("pictures.yaml", "slug: loaf", "slug: oven"),
        "pictures.yaml:4: “oven” stands here for the second time",
    ),
    "a picture without words": (
        swap("pictures.yaml", "alt: A hot oven", "alt: ' '"),
        "pictures.yaml:2: 0.alt: String should have at least 1 character",
    ),
    "a picture with words that are too long": (
        swap("pictures.yaml", "A hot oven", "h" * 801),
        "pictures.yaml:2: 0.alt: String should have at most 800 characters",
    ),
    "a picture with a wrong slug": (
        swap("pictures.yaml", "slug: loaf", "slug: ../loaf"),
        "pictures.yaml:4: 1.slug: String should match pattern",
    ),
    "a picture with an unknown key": (
        swap("pictures.yaml", "credit: Anna", "artist: Anna"),
        "pictures.yaml:3: 0.artist: Extra inputs are not permitted",
    ),
    "an empty list of pictures": (
        write("pictures.yaml", ""),
        "pictures.yaml:1: : Input should be a valid list",
    ),
    "an unknown step of a section": (
        swap("guide.yaml", "kind: overview", "kind: overview\n    steps: [knead, roll]"),
        "guide.yaml:10: there is no step “roll”",
    ),
    "a dead link": (
        write("sections/overview.md", "[x](#nowhere) ![](picture:oven) ![](picture:loaf)"),
        "guide.yaml:7: “What a baker does” links to #nowhere, which is not there.",
    ),
}


@pytest.mark.parametrize("broken", BROKEN_PICTURES)
def test_a_folder_with_broken_pictures_or_links_is_refused(db, illustrated, broken):
    breaks, fault = BROKEN_PICTURES[broken]
    breaks(illustrated)
    with pytest.raises(BrokenFolder) as refused:
        load_folder(illustrated)
    assert any(line.startswith(fault) for line in refused.value.faults), refused.value.faults
    assert stored() == ["[]"] * len(STORED)


def test_a_broken_picture_leaves_the_one_that_was_loaded(db, illustrated):
    load_folder(illustrated)
    before = stored()
    (illustrated / "pictures/oven.jpg").write_bytes(b"Dear reader")
    with pytest.raises(BrokenFolder):
        load_folder(illustrated, force=True)
    assert stored() == before


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_folder_is_refused_with_file_line_and_reason(db, folder, broken):
    breaks, fault = BROKEN[broken]
    breaks(folder)
    with pytest.raises(BrokenFolder) as refused:
        load_folder(folder)
    assert any(fault in line for line in refused.value.faults), refused.value.faults
    assert all(line.split(":")[1].isdigit() for line in refused.value.faults)
    assert stored() == ["[]"] * len(STORED)


FOUND_WHILE_STORING = ("a choice with one route", "a choice across stages", "a stage without steps")


@pytest.mark.parametrize("broken", ["an unknown skill", *FOUND_WHILE_STORING])
def test_a_broken_folder_leaves_what_was_loaded_as_it_was(loaded, folder, broken):
    replace(folder, "path.yaml", "Trade school", "The trade school")
    before = stored()
    BROKEN[broken][0](folder)
    with pytest.raises(BrokenFolder):
        load_folder(folder, force=True)
    assert stored() == before


def test_all_faults_of_a_folder_are_told_at_once(db, folder):
    for broken in (
        "an unknown skill",
        "an unknown citation",
        "a left-over file",
        "a repeated slug of a stage",
    ):
        BROKEN[broken][0](folder)
    with pytest.raises(BrokenFolder) as refused:
        load_folder(folder)
    assert len(refused.value.faults) == 4


def test_faults_of_texts_and_pictures_are_told_beside_those_of_yaml(db, illustrated):
    (illustrated / "steps/bake.md").write_text("[@hearsay]")
    (illustrated / "pictures/loaf.svg").unlink()
    replace(illustrated, "path.yaml", "effort_hours: 20", "effort_hours: many")
    with pytest.raises(BrokenFolder) as refused:
        load_folder(illustrated)
    assert [fault.partition(": ")[0] for fault in refused.value.faults] == [
        "path.yaml:10",
        "steps/bake.md:1",
        "pictures.yaml:4",
    ]


@pytest.mark.parametrize("name", ["nowhere", "baker/guide.yaml"])
def test_what_is_no_folder_is_refused(db, folder, name):
    with pytest.raises(BrokenFolder, match="This is no folder"):
        load_folder(folder.parent / name)


@pytest.mark.parametrize(
    ("row", "old", "fault"),
    [
        (
            lambda guide: guide.sections.first(),
            "00000000-0000-4000-8000-000000000002",
            "guide.yaml:7: this id belongs to “Overview” of the guide “Beekeeper”",
        ),
        (
            lambda guide: guide.stages.first(),
            "00000000-0000-4000-8000-000000000020",
            "path.yaml:19: this id belongs to “Learn” of the guide “Beekeeper”",
        ),
        (
            lambda guide: step_of(guide, "Read"),
            "00000000-0000-4000-8000-000000000012",
            "path.yaml:15: this id belongs to “Read” of the guide “Beekeeper”",
        ),
    ],
    ids=["section", "stage", "step"],
)
def test_an_id_of_another_guide_is_refused(db, folder, row, old, fault):
    other = published_guide(title="Beekeeper")
    for name in ("guide.yaml", "path.yaml"):
        text = (folder / name).read_text()
        (folder / name).write_text(text.replace(old, str(row(other).pk)))
    before = stored()
    with pytest.raises(BrokenFolder) as refused:
        load_folder(folder)
    assert refused.value.faults == [fault]
    assert stored() == before


def test_a_slug_of_another_guide_is_refused(db, folder):
    other = published_guide(slug="baker")
    before = stored()
    with pytest.raises(BrokenFolder) as refused:
        load_folder(folder)
    assert refused.value.faults == [
        f"guide.yaml:1: the slug “baker” belongs to another guide, with the id {other.pk}"
    ]
    assert stored() == before


def test_an_address_that_the_public_still_reads_is_refused(db, folder):
    other = published_guide(title="Beekeeper", slug="baker")
    Guide.objects.filter(pk=other.pk).update(slug="beekeeper")
    before = stored()
    with pytest.raises(BrokenFolder, match="The public still reads “Beekeeper” at the address “baker”"):
        load_folder(folder)
    assert stored() == before


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_is_loaded_by_many_at_once_is_there_once(folder):
    outcomes = at_once([lambda: load_folder(folder, if_absent=True)] * 6)
    assert Outcome.LOADED in outcomes
    assert (Guide.objects.count(), Edition.objects.count(), Step.objects.count()) == (1, 1, 5)


# --- The command -------------------------------------------------------------------------------


def test_the_command_says_what_it_did(db, folder, capsys):
    call_command("load_content", folder)
    call_command("load_content", folder)
    assert capsys.readouterr().out.splitlines() == [
        f"{folder}: loaded",
        f"{folder}: nothing to do, these files are loaded already",
    ]


def test_the_command_with_if_absent_says_nothing_of_a_guide_that_is_there(loaded, folder, capsys):
    call_command("load_content", folder, "--if-absent")
    assert capsys.readouterr().out == ""


def test_the_command_takes_many_folders(db, folder, capsys):
    call_command("load_content", CONTENT, folder)
    assert capsys.readouterr().out == f"{CONTENT}: loaded\n{folder}: loaded\n"
    assert Guide.objects.count() == 2


def test_the_command_refuses_in_one_readable_message(db, folder):
    (folder / "skills.yaml").unlink()
    replace(folder, "guide.yaml", "title: Baker\n", "")
    with pytest.raises(CommandError) as refused:
        call_command("load_content", folder)
    assert str(refused.value).splitlines() == [
        f"{folder} is refused, and nothing was changed:",
        "skills.yaml:1: this file is missing",
        "guide.yaml:1: title: Field required",
    ]


def test_the_command_refuses_to_undo_an_edit_unless_forced(loaded, folder, capsys):
    edit(loaded)
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    with pytest.raises(CommandError, match="was edited since these files were last loaded"):
        call_command("load_content", folder)
    call_command("load_content", folder, "--force")
    assert capsys.readouterr().out == f"{folder}: loaded\n"
    assert loaded.steps.get(slug="knead").title == "Knead dough"


def test_a_folder_may_lie_anywhere(db, folder, tmp_path, monkeypatch):
    shutil.move(folder, tmp_path / "a folder, moved")
    monkeypatch.chdir(tmp_path)
    assert load_folder(Path("a folder, moved")) == Outcome.LOADED


@pytest.mark.parametrize("options", [{}, {"if_absent": True}])
def test_picture_whose_file_has_gone_comes_back(db, illustrated, settings, tmp_path, options):
    settings.MEDIA_ROOT = tmp_path / "media"
    load_folder(illustrated)
    files = {path.name for path in (settings.MEDIA_ROOT / "pictures").iterdir()}
    shutil.rmtree(settings.MEDIA_ROOT)
    load_folder(illustrated, **options)
    assert {path.name for path in (settings.MEDIA_ROOT / "pictures").iterdir()} == files


# --- Retired steps and credit ------------------------------------------------------------------

RETIRED = """\
- id: 00000000-0000-4000-8000-000000000031
  slug: knead
  title: Knead by hand
  done_when: your hands hurt.
  effort_hours: 3
  after: [bake]
  skills: [kneading]
  stage: learn
  after_retired: [00000000-0000-4000-8000-000000000032]
  before: [watch]
  sections: [overview]
- id: 00000000-0000-4000-8000-000000000032
  slug: sift
  title: Sift flour
"""
CREDITS = """\
- old:
    - 00000000-0000-4000-8000-000000000031  # Knead by hand
  new:
    - 00000000-0000-4000-8000-000000000011
- old: [00000000-0000-4000-8000-000000000012]
  new: [00000000-0000-4000-8000-0000000000ff]
"""


@pytest.fixture
def historic(folder):
    """The folder with two retired steps and two credit records, one with a step of another guide."""
    (folder / "retired.yaml").write_text(RETIRED)
    (folder / "credits.yaml").write_text(CREDITS)
    (folder / "retired").mkdir()
    for number, text in ((31, "With your hands."), (32, "")):
        (folder / f"retired/00000000-0000-4000-8000-0000000000{number}.md").write_text(f"{text}\n")
    return folder


def sides():
    """Return the credit records by the last digits of the steps on their sides."""
    rows = CreditStep.objects.order_by("credit", "-side").values_list("credit", "side", "step_id")
    return [f"{side} {str(step)[-2:]}" for _, side, step in rows]


def test_load_stores_retired_steps_with_all_that_they_name(db, historic):
    load_folder(historic)
    by_hand, sift = Step.objects.exclude(retired_at=None).order_by("slug")
    assert (by_hand.title, by_hand.body, by_hand.stage.slug) == ("Knead by hand", "With your hands.", "learn")
    assert (by_hand.done_when, by_hand.effort_hours) == ("your hands hurt.", 3)
    assert [skill.slug for skill in by_hand.skills.all()] == ["kneading"]
    assert {step.slug for step in by_hand.after.all()} == {"bake", "sift"}
    assert [step.slug for step in by_hand.before.all()] == ["watch"]
    assert [section.slug for section in by_hand.sections.all()] == ["overview"]
    assert (sift.title, sift.stage) == ("Sift flour", None)


def test_load_publishes_nothing_of_retired_steps(db, historic):
    load_folder(historic)
    assert EditionStep.objects.count() == 5


def test_load_stores_credit_records(db, historic):
    load_folder(historic)
    assert sides() == ["old 31", "new 11", "old 12", "new ff"]


def test_load_stores_credit_records_once(db, historic):
    load_folder(historic)
    assert load_folder(historic, force=True) == Outcome.LOADED
    (historic / "credits.yaml").write_text(
        CREDITS.replace("old", "x").replace("new", "old").replace("x", "new")
    )
    assert load_folder(historic) == Outcome.LOADED
    assert len(sides()) == 4


def test_load_takes_no_record_away(db, historic):
    load_folder(historic)
    (historic / "credits.yaml").unlink()
    assert load_folder(historic) == Outcome.LOADED
    assert len(sides()) == 4


def test_load_changes_the_version_of_the_guide_whose_step_a_record_names(db, historic):
    other = published_guide()
    step = step_of(other, "Read")
    replace(historic, "credits.yaml", "00000000-0000-4000-8000-0000000000ff", str(step.pk))
    load_folder(historic)
    assert Guide.objects.get(pk=other.pk).version == other.version + 1
    load_folder(historic, force=True)
    assert Guide.objects.get(pk=other.pk).version == other.version + 1


def test_load_twice_of_retired_steps_does_nothing(db, historic):
    load_folder(historic)
    before = stored()
    assert load_folder(historic) == Outcome.SAME
    assert stored() == before


def test_load_leaves_retired_steps_alone_that_the_files_do_not_name(loaded, folder):
    take_away_bake(folder)
    load_folder(folder)
    replace(folder, "path.yaml", "Knead dough", "Knead dough well")
    load_folder(folder)
    assert loaded.steps.get(slug="bake").retired_at is not None


def test_load_retires_a_step_that_was_never_published_if_the_files_hold_it_as_retired(db, historic, tmp_path):
    (historic / "credits.yaml").unlink()
    guide = guide_with_path(pk=UUID("00000000-0000-4000-8000-000000000001"))
    sift = guide.steps.create(
        pk=UUID("00000000-0000-4000-8000-000000000032"), stage=guide.stages.first(), slug="sift", title="Sift"
    )
    load_folder(historic, force=True)
    sift.refresh_from_db()
    assert (sift.title, sift.retired_at is not None, sift.stage) == ("Sift flour", True, None)


def test_load_keeps_the_time_at_which_a_step_was_retired(db, historic):
    load_folder(historic)
    Step.objects.exclude(retired_at=None).update(retired_at="2020-01-01T00:00:00Z")
    replace(historic, "retired.yaml", "Sift flour", "Sift the flour")
    load_folder(historic)
    assert {step.retired_at.year for step in Step.objects.exclude(retired_at=None)} == {2020}
    assert Step.objects.get(slug="sift").title == "Sift the flour"


BROKEN_HISTORY = {
    "an unknown stage": (
        swap("retired.yaml", "stage: learn", "stage: rest"),
        "retired.yaml:8: there is no stage “rest”",
    ),
    "an unknown section": (
        swap("retired.yaml", "[overview]", "[pay]"),
        "retired.yaml:11: there is no section “pay”",
    ),
    "an unknown later step": (
        swap("retired.yaml", "[watch]", "[sift]"),
        "retired.yaml:10: there is no step “sift”",
    ),
    "an unknown retired step": (
        swap(
            "retired.yaml", "[00000000-0000-4000-8000-000000000032]", "[00000000-0000-4000-8000-000000000012]"
        ),
        "retired.yaml:9: there is no retired step “00000000-0000-4000-8000-000000000012”",
    ),
    "a missing text": (
        delete("retired/00000000-0000-4000-8000-000000000032.md"),
        "retired/00000000-0000-4000-8000-000000000032.md:1: this file is missing",
    ),
    "a left-over text": (
        write("retired/sift.md", "Sift."),
        "retired/sift.md:1: no retired step has this id; rename the file or take it away",
    ),
    "a key of retired steps on the path": (
        swap("path.yaml", "title: Bake bread", "title: Bake bread\n        stage: learn"),
        "path.yaml:18: stages.0.steps.1.stage: Extra inputs are not permitted",
    ),
    "a record without a side": (
        swap("credits.yaml", "new: [00000000-0000-4000-8000-0000000000ff]", "new: []"),
        "credits.yaml:6: 1.new: List should have at least 1 item",
    ),
    "a record of a step with itself": (
        swap("credits.yaml", "0000000000ff", "000000000012"),
        "credits.yaml:5: 1: a step can stand in a record only once",
    ),
    "a record of other guides": (
        swap("credits.yaml", "000000000012", "0000000000fe"),
        "credits.yaml:5: this record names no step of this guide",
    ),
    "a record that stands twice": (
        write("credits.yaml", CREDITS + CREDITS.splitlines()[4] + "\n" + CREDITS.splitlines()[5] + "\n"),
        "credits.yaml:7: this record stands here for the second time",
    ),
    "a record of words": (
        swap("credits.yaml", "00000000-0000-4000-8000-0000000000ff", "bake"),
        "credits.yaml:6: 1.new.0: Input should be a valid UUID",
    ),
}


@pytest.mark.parametrize("broken", BROKEN_HISTORY)
def test_a_folder_with_a_broken_history_is_refused(db, historic, broken):
    breaks, fault = BROKEN_HISTORY[broken]
    breaks(historic)
    with pytest.raises(BrokenFolder) as refused:
        load_folder(historic)
    assert [line[: len(fault)] for line in refused.value.faults] == [fault]
    assert stored() == ["[]"] * len(STORED)


def test_a_retired_step_that_is_on_the_path_as_well_is_refused(db, historic):
    ids = ["00000000-0000-4000-8000-0000000000" + end for end in ("32", "12")]
    replace(historic, "retired.yaml", *ids)
    (historic / f"retired/{ids[0]}.md").rename(historic / f"retired/{ids[1]}.md")
    with pytest.raises(BrokenFolder) as refused:
        load_folder(historic)
    assert refused.value.faults == [f"retired.yaml:12: “{ids[1]}” stands here for the second time"]


def test_a_retired_step_may_cite_what_is_gone(db, historic):
    text = historic / "retired/00000000-0000-4000-8000-000000000032.md"
    text.write_text("[@gone] ![](picture:gone)")
    assert load_folder(historic) == Outcome.LOADED


def test_a_retired_step_of_another_guide_is_refused(db, historic):
    step = step_of(published_guide(title="Beekeeper"), "Read")
    replace(historic, "retired.yaml", "- id: 00000000-0000-4000-8000-000000000032", f"- id: {step.pk}")
    replace(historic, "retired.yaml", "[00000000-0000-4000-8000-000000000032]", "[]")
    (historic / "retired/00000000-0000-4000-8000-000000000032.md").rename(historic / f"retired/{step.pk}.md")
    with pytest.raises(
        BrokenFolder, match=r"retired\.yaml:12: this id belongs to “Read” of the guide “Beekeeper”"
    ):
        load_folder(historic)


# --- Guides that staff have hidden, and drafts -------------------------------------------------


def test_load_leaves_a_hidden_guide_hidden(loaded, folder, visitor):
    unpublish(loaded)
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    assert load_folder(folder) == Outcome.HIDDEN
    assert (loaded.editions.count(), visitor.get("/guides/baker/").status_code) == (1, 404)
    assert loaded.steps.get(slug="bake").title == "Bake more bread"


def test_a_hidden_guide_that_is_loaded_can_be_shown_by_publishing(loaded, folder, visitor):
    unpublish(loaded)
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    load_folder(folder)
    Guide.objects.get().publish(by=None)
    assert (loaded.editions.count(), visitor.get("/guides/baker/").status_code) == (2, 200)


def test_load_publishes_a_guide_that_was_hidden_once(loaded, folder):
    unpublish(loaded)
    loaded.publish(by=None)
    replace(folder, "path.yaml", "Bake bread", "Bake more bread")
    assert load_folder(folder) == Outcome.LOADED
    assert loaded.editions.count() == 2


def test_load_of_a_hidden_guide_that_could_not_be_published_is_refused(loaded, folder):
    unpublish(loaded)
    before = stored()
    replace(folder, "path.yaml", "route: Workshop", "route: School")
    with pytest.raises(BrokenFolder, match=r"path\.yaml:24: The choice “Trade” has a single route"):
        load_folder(folder)
    assert stored() == before


def test_the_command_says_that_a_hidden_guide_was_not_published(loaded, folder, capsys):
    unpublish(loaded)
    call_command("load_content", folder, force=True)
    assert capsys.readouterr().out == (
        f"{folder}: loaded; the guide is hidden from the public, so it was not published\n"
    )


def test_a_draft_is_loaded_and_not_published(db, folder):
    replace(folder, "path.yaml", "route: Workshop", "route: School")
    assert load_folder(folder, draft=True) == Outcome.DRAFT
    assert (Guide.objects.get().steps.count(), Edition.objects.count()) == (5, 0)


def test_a_draft_is_published_when_it_is_loaded_as_none(db, folder):
    load_folder(folder, draft=True)
    assert load_folder(folder) == Outcome.LOADED
    assert Edition.objects.count() == 1


def test_the_command_says_that_a_draft_was_not_published(db, folder, capsys):
    call_command("load_content", folder, draft=True)
    assert capsys.readouterr().out == f"{folder}: loaded into the working copy, not published\n"


def test_the_command_says_that_the_working_copy_has_edits(loaded, folder, capsys):
    edit(loaded)
    call_command("load_content", folder)
    assert capsys.readouterr().out == (
        f"{folder}: left alone, these files are loaded already and the working copy has edits "
        "that they do not have\n"
    )


# --- What the studio takes, the files take -----------------------------------------------------


def test_slugs_that_the_studio_takes_are_taken(db, folder):
    replace(folder, "path.yaml", "slug: watch", "slug: Watch_-1")
    (folder / "steps/watch.md").rename(folder / "steps/Watch_-1.md")
    load_folder(folder)
    assert Step.objects.filter(slug="Watch_-1").exists()


def test_a_step_may_be_called_like_a_page(db, folder):
    replace(folder, "path.yaml", "slug: watch", "slug: compare")
    (folder / "steps/watch.md").rename(folder / "steps/compare.md")
    assert load_folder(folder) == Outcome.LOADED


@pytest.mark.parametrize(
    "link",
    ["https://Example.org", "https://example.org/a?b=1#c", "ftp://example.org/a", "https://a_b.example/"],
)
def test_links_stay_as_they_are_written(db, folder, link):
    replace(folder, "sources.yaml", "https://flour.example.org/dough", link)
    load_folder(folder)
    assert Source.objects.get(key="flour-times").url == link


def test_an_effort_of_no_hours_is_taken(db, folder):
    replace(folder, "path.yaml", "effort_hours: 20", "effort_hours: 0")
    load_folder(folder)
    assert Step.objects.get(slug="knead").effort_hours == 0


def test_files_with_other_line_ends_say_the_same(loaded, folder):
    for path in folder.rglob("*.*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    load_folder(folder)
    assert loaded.editions.count() == 1


def test_load_leaves_line_ends_of_the_studio_alone(loaded, folder):
    loaded.sections.update(body="A baker bakes.\r\n\r\nThey rise early [@flour-times].")
    load_folder(folder, force=True)
    assert loaded.sections.get().body == "A baker bakes.\r\n\r\nThey rise early [@flour-times]."


# --- Pictures that are ours already ------------------------------------------------------------


def test_a_picture_keeps_its_files_if_the_largest_is_the_same(db, illustrated):
    (illustrated / "pictures/oven.jpg").write_bytes(photo(1200, 300))
    load_folder(illustrated)
    before = Picture.objects.get(slug="oven").files
    (illustrated / "pictures/oven.jpg").unlink()
    (illustrated / "pictures/oven.webp").write_bytes(read(before[-1]["name"])[0])
    assert load_folder(illustrated) == Outcome.LOADED
    assert Picture.objects.get(slug="oven").files == before
    assert Edition.objects.count() == 1


def test_a_picture_of_ours_makes_its_smaller_files_where_it_is_new(db, illustrated):
    largest = encode(photo(1200, 300)).files[-1].content
    (illustrated / "pictures/oven.jpg").unlink()
    (illustrated / "pictures/oven.webp").write_bytes(largest)
    load_folder(illustrated)
    files = Picture.objects.get(slug="oven").files
    assert [file["width"] for file in files] == [480, 960, 1200]
    assert [read(file["name"])[1] for file in files] == ["image/webp"] * 3
    assert read(files[-1]["name"])[0] == largest


# --- Queries -----------------------------------------------------------------------------------


def queries_of_loading(folder, count):
    """Return how many queries it takes to load `count` more steps into the guide of the folder."""
    load_folder(folder)
    path = (folder / "path.yaml").read_text()
    for number in range(count):
        path += (
            f"      - id: 00000000-0000-4000-8000-00000001{number:04}\n        slug: more-{number}\n"
            f"        title: More {number}\n        skills: [kneading]\n        after: [watch]\n"
        )
        (folder / f"steps/more-{number}.md").write_text("More.")
    (folder / "path.yaml").write_text(path)
    with CaptureQueriesContext(connection) as queries:
        load_folder(folder)
    return len(queries)


@pytest.mark.parametrize("count", [1, 60])
def test_loading_takes_a_number_of_queries_that_does_not_depend_on_the_steps(db, folder, count):
    assert queries_of_loading(folder, count) == 108
