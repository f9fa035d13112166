"""The samples that come with the site."""

import pytest
from django.core.management import CommandError, call_command

from hiring.loading import BUNDLED, BrokenSamples, load, read
from hiring.models import JobDescription
from tests.factories import GuideFactory

FILE = """
summary: You bake.
duties: [Bake, Taste]
requirements:
  - Patience
"""
CAREERS = [
    "ai-engineer",
    "computer-vision-engineer",
    "data-engineer",
    "data-scientist",
    "deep-learning-engineer",
    "machine-learning-engineer",
    "nlp-engineer",
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "baker.yaml").write_text(FILE)
    return tmp_path


def test_sample_is_made_for_its_guide(folder, db):
    guide = GuideFactory(slug="baker")
    load(folder)
    made = JobDescription.objects.get()
    assert (made.guide, made.summary, made.duties, made.offers) == (guide, "You bake.", "Bake\nTaste", "")


def test_sample_waits_for_its_guide(folder, db):
    load(folder)
    GuideFactory(slug="baker")
    assert str(load(folder)) == "1 made, 0 left alone"


def test_what_staff_did_is_left_alone(folder, db):
    GuideFactory(slug="baker")
    load(folder)
    JobDescription.objects.update(summary="You rest.")
    load(folder)
    assert JobDescription.objects.get().summary == "You rest."
    JobDescription.objects.all().delete()
    load(folder)
    assert JobDescription.objects.count() == 0


def test_sample_that_staff_wrote_first_stays(folder, db):
    guide = GuideFactory(slug="baker")
    JobDescription.objects.create(guide=guide, summary="Ours", duties="a", requirements="b")
    load(folder)
    assert JobDescription.objects.get().summary == "Ours"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("You bake.", "''", "baker.yaml:2: summary:"),
        ("[Bake, Taste]", "[]", "baker.yaml:3: duties:"),
        ("Patience", "x" * 241, "baker.yaml:5: requirements.0:"),
        ("duties", "chores", "baker.yaml:"),
    ],
)
def test_faults_are_told_with_their_lines(folder, db, old, new, said):
    (folder / "baker.yaml").write_text(FILE.replace(old, new))
    with pytest.raises(BrokenSamples) as refused:
        load(folder)
    assert said in str(refused.value)


def test_folder_without_files_is_refused(tmp_path, db):
    with pytest.raises(CommandError, match="there is no YAML file"):
        call_command("load_hiring", tmp_path)


def test_bundled_samples_are_of_all_careers():
    assert sorted(read(BUNDLED)) == CAREERS


def test_bundled_samples_hold_no_figure():
    said = " ".join(path.read_text() for path in BUNDLED.glob("*.yaml"))
    assert [letter for letter in said if letter.isdigit()] == []
