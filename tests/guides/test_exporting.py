"""Exporting: the working copy as files that people read, each byte decided by what it says."""

from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guides.exporting.dumping import Row, dumped
from guides.exporting.folder import CannotExport, files_of
from guides.exporting.placing import place, zipped
from guides.models import Credit, Picture, Section, Stage, Step
from guides.pictures.encoding import encode
from guides.pictures.storing import fill
from tests.factories import (
    CertificationFactory,
    CourseFactory,
    GuideFactory,
    PictureFactory,
    ProviderFactory,
    SectionFactory,
    SkillFactory,
    SourceFactory,
    StageFactory,
    StepFactory,
    guide_with_path,
    published_guide,
    step_of,
)
from tests.guides.folders import exported
from tests.guides.pictures import drawing, photo


def id_of(number):
    return UUID(f"00000000-0000-4000-8000-{number:012}")


@pytest.fixture
def baker(db):
    """A working copy with one of everything, whose ids are known."""
    guide = GuideFactory(
        pk=id_of(1), title="Baker", slug="baker", summary="Bakes bread.", occupation_codes="51-3011, 51-3099"
    )
    academy = ProviderFactory(name="Oven Academy", url="https://oven.example/")
    kneading = SkillFactory(name="Kneading")
    flour = SourceFactory(
        key="flour",
        publisher="Flour Times",
        title="All about: dough",
        published="2021",
        accessed_on="2022-11-08",
        url="https://flour.example/dough",
        cited_by=[SourceFactory(key="crumb", publisher="Crumb", title="What others say")],
    )
    learn = StageFactory(pk=id_of(10), guide=guide, title="Learn", summary="How it is done.")
    knead = StepFactory(
        pk=id_of(11),
        stage=learn,
        title="Knead",
        body="Press and fold.\n",
        done_when="the dough no longer sticks.",
        effort_hours=20,
        skills=[kneading],
        courses=[
            CourseFactory(title="Bread", provider=academy, skills=[kneading, SkillFactory(name="Baking")])
        ],
        certifications=[CertificationFactory(title="Journeyman", issuer=academy)],
        sources=[flour],
    )
    StepFactory(pk=id_of(12), stage=learn, title="Bake", choice="Way", route="Hot", after=[knead])
    StepFactory(pk=id_of(13), stage=learn, title="Watch", optional=True)
    overview = SectionFactory(
        pk=id_of(2),
        guide=guide,
        title="What a baker does",
        slug="overview",
        body="They rise [@crumb].",
        checked_on="2026-11-20",
    )
    overview.steps.set([knead])
    return guide


GUIDE = """\
id: 00000000-0000-4000-8000-000000000001
slug: baker
title: Baker
summary: Bakes bread.
occupation_codes: [51-3011, 51-3099]
sections:
  - id: 00000000-0000-4000-8000-000000000002
    slug: overview
    kind: overview
    title: What a baker does
    checked_on: 2026-11-20
    steps: [knead]
"""
PATH = """\
stages:
  - id: 00000000-0000-4000-8000-000000000010
    slug: learn
    title: Learn
    summary: How it is done.
    steps:
      - id: 00000000-0000-4000-8000-000000000011
        slug: knead
        title: Knead
        done_when: the dough no longer sticks.
        effort_hours: 20
        skills: [kneading]
        courses: [bread]
        certifications: [journeyman]
        sources: [flour]
      - id: 00000000-0000-4000-8000-000000000012
        slug: bake
        title: Bake
        choice: Way
        route: Hot
        after: [knead]
      - id: 00000000-0000-4000-8000-000000000013
        slug: watch
        title: Watch
        optional: true
"""
SOURCES = """\
- key: crumb
  publisher: Crumb
  title: What others say
  retrieved: 2026-11-20
- key: flour
  publisher: Flour Times
  title: 'All about: dough'
  url: https://flour.example/dough
  published: '2021'
  accessed: 2022-11-08
  retrieved: 2026-11-20
  cited_by: [crumb]
"""
CATALOG = """\
providers:
  - slug: oven-academy
    name: Oven Academy
    url: https://oven.example/
courses:
  - slug: bread
    title: Bread
    provider: oven-academy
    skills: [baking, kneading]
certifications:
  - slug: journeyman
    title: Journeyman
    issuer: oven-academy
"""
SKILLS = """\
- slug: baking
  name: Baking
- slug: kneading
  name: Kneading
"""


def test_a_working_copy_is_exported_in_the_order_of_the_documentation(baker):
    assert exported(baker) == {
        "guide.yaml": GUIDE.encode(),
        "path.yaml": PATH.encode(),
        "skills.yaml": SKILLS.encode(),
        "sources.yaml": SOURCES.encode(),
        "catalog.yaml": CATALOG.encode(),
        "sections/overview.md": b"They rise [@crumb].\n",
        "steps/knead.md": b"Press and fold.\n",
        "steps/bake.md": b"\n",
        "steps/watch.md": b"\n",
    }


def test_a_guide_that_says_nothing_is_exported_too(db):
    guide = GuideFactory(pk=id_of(1), title="Baker", summary="Bakes.")
    assert exported(guide) == {
        "guide.yaml": f"id: {id_of(1)}\nslug: baker\ntitle: Baker\nsummary: Bakes.\n".encode(),
        "path.yaml": b"stages: []\n",
        "skills.yaml": b"[]\n",
        "sources.yaml": b"[]\n",
        "catalog.yaml": b"{}\n",
    }


# --- What lies off the path --------------------------------------------------------------------


def test_retired_steps_are_exported_with_what_would_name_them_again(baker):
    knead, bake = step_of(baker, "Knead"), step_of(baker, "Bake")
    step_of(baker, "Watch").after.set([bake])
    for step in (knead, bake):
        step.retire()
    baker.stages.get().steps.filter(pk=bake.pk).update(stage=None)
    files = exported(baker)
    assert files["retired.yaml"].decode() == (
        """\
- id: 00000000-0000-4000-8000-000000000012
  slug: bake
  title: Bake
  choice: Way
  route: Hot
  after_retired:
    - 00000000-0000-4000-8000-000000000011
  before: [watch]
- id: 00000000-0000-4000-8000-000000000011
  slug: knead
  title: Knead
  done_when: the dough no longer sticks.
  effort_hours: 20
  skills: [kneading]
  courses: [bread]
  certifications: [journeyman]
  sources: [flour]
  stage: learn
  sections: [overview]
"""
    )
    assert files["retired/00000000-0000-4000-8000-000000000011.md"] == b"Press and fold.\n"
    assert "steps/knead.md" not in files


def test_credit_records_are_exported_with_the_titles_of_own_steps(baker):
    other = StepFactory(pk=id_of(99), title="Not ours")
    knead, bake, watch = (step_of(baker, title) for title in ("Knead", "Bake", "Watch"))
    Step.objects.filter(pk=bake.pk).update(title="Bake # it:\nhot\u0085\u2028now")
    Credit.objects.record(old=[watch], new=[other])
    Credit.objects.record(old=[bake, knead], new=[watch])
    assert exported(baker)["credits.yaml"].decode() == (
        """\
- old:
    - 00000000-0000-4000-8000-000000000011  # Knead
    - 00000000-0000-4000-8000-000000000012  # Bake # it: hot now
  new:
    - 00000000-0000-4000-8000-000000000013  # Watch
- old:
    - 00000000-0000-4000-8000-000000000013  # Watch
  new:
    - 00000000-0000-4000-8000-000000000099
"""
    )


def test_a_record_that_was_written_twice_is_exported_once(baker):
    knead, bake = step_of(baker, "Knead"), step_of(baker, "Bake")
    Credit.objects.record(old=[knead], new=[bake])
    Credit.objects.record(old=[bake], new=[knead])
    assert exported(baker)["credits.yaml"].count(b"- old:") == 1


def test_records_between_other_guides_are_not_exported(baker):
    Credit.objects.record(old=[StepFactory()], new=[StepFactory()])
    assert "credits.yaml" not in exported(baker)


# --- Pictures and texts ------------------------------------------------------------------------


def with_picture(guide, content):
    picture = Picture(slug="oven", alt="A hot oven", credit="Anna")
    fill(picture, encode(content))
    picture.save()
    SectionFactory(guide=guide, title="Ovens", body="![](picture:oven)")
    return picture


def test_the_largest_file_of_a_picture_is_exported(baker):
    encoded = encode(photo(600, 300))
    with_picture(baker, photo(600, 300))
    files = exported(baker)
    assert files["pictures/oven.webp"] == encoded.files[-1].content
    assert files["pictures.yaml"] == b"- slug: oven\n  alt: A hot oven\n  credit: Anna\n"


def test_a_drawing_is_exported_as_it_was_uploaded(baker):
    with_picture(baker, drawing())
    assert exported(baker)["pictures/oven.svg"] == drawing()


def test_a_picture_whose_file_has_gone_is_refused(baker):
    PictureFactory(slug="oven")
    Section.objects.update(body="![](picture:oven)")
    with pytest.raises(CannotExport, match="The file of the picture “oven” is not in the storage"):
        files_of(baker)


def test_texts_end_with_one_line_end_and_have_no_other_kind(baker):
    Section.objects.update(body="\r\n One.\r\n\r\n\tTwo.  \r\n\r\n")
    assert exported(baker)["sections/overview.md"] == b"One.\n\n\tTwo.\n"


# --- YAML --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Knead", "Knead"),
        ("yes", "'yes'"),
        ("2026-01-01", "'2026-01-01'"),
        ("a: b", "'a: b'"),
        ("a #b", "'a #b'"),
        ("- a", "'- a'"),
        ("é 🙂 漢", "é 🙂 漢"),
        ("a\u2028b", '"a\\Lb"'),
        ("a\tb", '"a\\tb"'),
        ("one\n\n  two\n", "|\n  one\n\n    two"),
        (f"{'word ' * 24}end", f">-\n  {('word ' * 22).strip()}\n  word word end"),
        (f"{'word ' * 20} two blanks", f"{('word ' * 20).strip()}  two blanks"),
    ],
)
def test_a_text_is_written_so_that_people_can_read_it(value, text):
    assert dumped({"key": value}) == f"key: {text}\n"
    assert yaml.safe_load(dumped({"key": value})) == {"key": value}


def test_names_stand_in_a_row_and_long_rows_are_broken():
    names = [f"name-{number}" for number in range(20)]
    text = dumped({"skills": Row(names)})
    assert text.startswith("skills: [name-0, name-1, ")
    assert max(len(line) for line in text.splitlines()) <= 115
    assert yaml.safe_load(text) == {"skills": names}


# --- Where the files go ------------------------------------------------------------------------


def test_the_same_files_make_the_same_zip(baker):
    files = exported(baker)
    backwards = dict(reversed(files.items()))
    assert zipped(files) == zipped(backwards)
    with ZipFile(BytesIO(zipped(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[:3] == ["catalog.yaml", "guide.yaml", "path.yaml"]


def contents_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize("is_there", [False, True])
def test_files_go_into_a_folder_that_is_not_there_or_empty(tmp_path, is_there):
    folder = tmp_path / "new" / "folder"
    if is_there:
        folder.mkdir(parents=True)
    place({"guide.yaml": b"x", "steps/a.md": b"y"}, folder)
    assert contents_of(folder) == {"guide.yaml": b"x", "steps/a.md": b"y"}


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CannotExport, match="is not empty"):
        place({"guide.yaml": b"x"}, tmp_path)
    assert contents_of(tmp_path) == {"mine.txt": b"mine"}


def test_force_replaces_a_content_folder_and_nothing_else(tmp_path):
    old = ["guide.yaml", "retired.yaml", "steps/old.md", "retired/old.md", "pictures/old.png"]
    mine = ["mine.txt", "other.yaml", "steps/mine.txt", "notes/mine.md", "pictures/source.psd"]
    for name in [*old, *mine]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"old")
    place({"guide.yaml": b"new", "steps/new.md": b"new"}, tmp_path, force=True)
    assert contents_of(tmp_path) == {
        **dict.fromkeys(mine, b"old"),
        "guide.yaml": b"new",
        "steps/new.md": b"new",
    }


@pytest.mark.parametrize("force", [False, True])
def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path, force):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(CannotExport, match="is no folder"):
        place({"guide.yaml": b"x"}, tmp_path / "file", force=force)


# --- The command -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["baker", str(id_of(1))])
def test_the_command_writes_a_guide_by_its_slug_or_id(baker, tmp_path, capsys, name):
    call_command("export_content", name, tmp_path / "out")
    assert contents_of(tmp_path / "out") == exported(baker)
    assert capsys.readouterr().out == f"{tmp_path / 'out'}: 9 files written\n"


@pytest.mark.parametrize("name", ["nobody", str(id_of(9))])
def test_the_command_says_that_there_is_no_such_guide(baker, tmp_path, name):
    with pytest.raises(CommandError, match=f"There is no guide “{name}”"):
        call_command("export_content", name, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_command_refuses_a_folder_that_is_not_empty_unless_forced(baker, tmp_path):
    call_command("export_content", "baker", tmp_path / "out")
    step_of(baker, "Bake").retire()
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_content", "baker", tmp_path / "out")
    call_command("export_content", "baker", tmp_path / "out", force=True)
    assert contents_of(tmp_path / "out") == exported(baker)


def test_a_draft_is_exported_as_it_is_in_the_working_copy(tmp_path, guide):
    Step.objects.filter(title="Read").update(title="Edited")
    call_command("export_content", "data-baker", tmp_path / "out")
    assert "title: Edited" in (tmp_path / "out/path.yaml").read_text()


# --- Queries -----------------------------------------------------------------------------------


def queries_of_exporting(count):
    """Return how many queries it takes to export a guide with `count` of everything."""
    guide = guide_with_path()
    source = None
    for _ in range(count):
        source = SourceFactory(cited_by=[source] if source else [])
        course, step = CourseFactory(skills=[SkillFactory()]), StepFactory(stage=StageFactory(guide=guide))
        step.courses.set([course])
        step.sources.set([source])
        step.certifications.set([CertificationFactory()])
        retired = StepFactory(stage=step.stage, after=[step], skills=[SkillFactory()])
        retired.retire()
        SectionFactory(guide=guide).steps.set([step, retired])
        Credit.objects.record(old=[retired], new=[step])
    with CaptureQueriesContext(connection) as queries:
        files_of(guide)
    return len(queries)


@pytest.mark.parametrize("count", [1, 3])
def test_exporting_takes_a_number_of_queries_that_does_not_depend_on_the_size(db, count):
    assert queries_of_exporting(count) == 34


def test_stages_without_steps_are_exported(db):
    guide = guide_with_path()
    Stage.objects.create(guide=guide, slug="empty", title="Empty", position=10**6)
    assert (
        exported(guide)["path.yaml"].decode().endswith("    slug: empty\n    title: Empty\n    steps: []\n")
    )


def test_what_was_published_is_exported_without_editions_and_times(db):
    guide = published_guide()
    before = exported(guide)
    step_of(guide, "Read").retire()
    retired = exported(guide)
    Step.objects.exclude(retired_at=None).update(retired_at="2020-01-01T00:00:00Z")
    guide.publish(by=None)
    assert exported(guide) == retired
    assert before.keys() - retired.keys() == {"steps/read.md"}
