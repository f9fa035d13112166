"""Zips: what is taken as a content folder, and that nothing hostile about one gets any further."""

import stat
import struct
import warnings
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest

from guides.loading.reading import BrokenFolder
from guides.loading.unpacking import DATA, ENTRIES, TEXT, unpack
from tests.guides.folders import zip_of

FOLDER = {"guide.yaml": b"id: 1\n", "steps/knead.md": b"Press.\n", "pictures/oven.svg": b"<svg/>"}
END = b"PK\5\6"


@pytest.fixture
def at(tmp_path):
    """Return what writes the bytes of a zip to the disk and gives its path."""

    def write(content):
        path = tmp_path / "upload.zip"
        path.write_bytes(content)
        return path

    return write


def refusal(path):
    """Return why the zip at `path` is refused."""
    with pytest.raises(BrokenFolder) as refused:
        unpack(path)
    return refused.value.faults


def contents(files):
    return {name: files.read(name) for name in files.names}


# --- What is taken -----------------------------------------------------------------------------


@pytest.mark.parametrize("top", ["", "baker/", "a folder/"])
def test_a_folder_is_taken_with_or_without_its_name(at, top):
    assert contents(unpack(at(zip_of(FOLDER, top)))) == FOLDER


def test_what_is_no_file_of_a_content_folder_is_left_alone(at):
    others = {
        "baker/README.txt": b"x",
        "baker/notes/deep/a.md": b"x",
        "__MACOSX/baker/._guide.yaml": b"x",
        "baker/.DS_Store": b"x",
        "baker/inner.zip": zip_of(FOLDER),
        "baker/steps/.hidden.md": b"x",
    }
    content = zip_of({**{f"baker/{name}": text for name, text in FOLDER.items()}, **others})
    assert contents(unpack(at(content))) == FOLDER


def test_a_zip_may_have_a_comment_and_folders_of_their_own(at):
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.comment = b"made by hand"
        archive.mkdir("steps")
        for name, text in FOLDER.items():
            archive.writestr(name, text)
    assert contents(unpack(at(out.getvalue()))) == FOLDER


def test_a_missing_file_is_told_as_that(at):
    with pytest.raises(FileNotFoundError):
        unpack(at(zip_of(FOLDER))).read("path.yaml")


# --- What is refused ---------------------------------------------------------------------------


def named(name, **attributes):
    """Return a zip with an entry called `name` beside others."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("guide.yaml", b"x")
        info = ZipInfo("placeholder")
        info.filename = name
        for field, value in attributes.items():
            setattr(info, field, value)
        archive.writestr(info, b"x")
    return out.getvalue()


def packed(how):
    out = BytesIO()
    with ZipFile(out, "w", how) as archive:
        archive.writestr("guide.yaml", b"x" * 100)
    return out.getvalue()


def twice():
    out = BytesIO()
    with warnings.catch_warnings(), ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for text in (b"a", b"b"):
            archive.writestr("guide.yaml", text)
    return out.getvalue()


def encrypted():
    """Return a zip whose entry says that it is encrypted."""
    content = bytearray(packed(ZIP_DEFLATED))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + place] |= 1
    return bytes(content)


LEADS_OUT = "this name leads out of the zip, or is none"
REFUSED = {
    "a way up": (named("../guide.yaml"), [f"../guide.yaml:1: {LEADS_OUT}"]),
    "a way up inside": (named("steps/../../a.md"), [f"steps/../../a.md:1: {LEADS_OUT}"]),
    "an absolute name": (named("/etc/passwd"), [f"/etc/passwd:1: {LEADS_OUT}"]),
    "a drive": (named("C:/guide.yaml"), [f"C:/guide.yaml:1: {LEADS_OUT}"]),
    "backslashes": (named("..\\guide.yaml"), [f"..\\guide.yaml:1: {LEADS_OUT}"]),
    "a link": (
        named("steps/a.md", external_attr=(stat.S_IFLNK | 0o777) << 16),
        ["steps/a.md:1: this is a link or another special file; put the file itself there"],
    ),
    "a device": (
        named("steps/a.md", external_attr=(stat.S_IFCHR | 0o666) << 16),
        ["steps/a.md:1: this is a link or another special file; put the file itself there"],
    ),
    "a password": (encrypted(), ["guide.yaml:1: this is encrypted; make the zip without a password"]),
    "bzip2": (packed(ZIP_BZIP2), ["guide.yaml:1: this is compressed in an unusual way; make a plain zip"]),
    "LZMA": (packed(ZIP_LZMA), ["guide.yaml:1: this is compressed in an unusual way; make a plain zip"]),
    "a name twice": (twice(), ["guide.yaml:1: this name stands here more than once"] * 2),
    "no zip": (b"Dear reader", ["zip:1: it is no zip"]),
    "nothing": (b"", ["zip:1: it is no zip"]),
    "a long text": (
        zip_of({"steps/a.md": b"x" * (TEXT + 1)}),
        ["steps/a.md:1: this file has more than 512 KB"],
    ),
    "much data": (
        zip_of({"guide.yaml": b"x" * (DATA + 1)}),
        ["guide.yaml:1: this file has more than 256 KB"],
    ),
    "much": (
        zip_of({"guide.yaml": b"x"} | {f"pictures/{number}.png": b"\0" * 12_000_000 for number in range(5)}),
        ["zip:1: its files have more than 48 MB"],
    ),
    "many entries": (
        zip_of({f"steps/{number}.md": b"" for number in range(ENTRIES + 1)}),
        ["zip:1: it has more than 3000 entries, or very long names"],
    ),
}


@pytest.mark.parametrize("refused", REFUSED)
def test_a_zip_is_refused_with_the_reason(at, refused):
    content, faults = REFUSED[refused]
    assert refusal(at(content)) == faults


def test_all_faults_of_a_zip_are_told_at_once(at):
    content = zip_of({"../a": b"", "/b": b"", "c\\d": b"", "steps/a.md": b"x" * (TEXT + 1)})
    assert [fault.partition(":")[0] for fault in refusal(at(content))] == ["../a", "/b", "c\\d", "steps/a.md"]


def test_of_very_many_faults_the_first_are_told(at):
    faults = refusal(at(zip_of({f"../{number}": b"" for number in range(60)})))
    assert (len(faults), faults[-1]) == (51, "zip:1: and 10 more like these")


@pytest.mark.parametrize("cut", [1, 20, 60, 100])
def test_a_zip_that_broke_off_is_refused(at, cut):
    assert len(refusal(at(zip_of(FOLDER)[:-cut]))) == 1


@pytest.mark.parametrize("place", range(0, 400, 7))
def test_a_zip_with_a_wrong_byte_is_refused_or_taken_as_it_is(at, place):
    content = bytearray(zip_of(FOLDER))
    content[place % len(content)] ^= 0xFF
    try:
        files = contents(unpack(at(bytes(content))))
    except BrokenFolder:
        return
    assert set(files.values()) <= set(FOLDER.values())


# --- Zips that lie -----------------------------------------------------------------------------


def patched(content, mark, place, value, layout="<L"):
    """Return `content` with another value at `place` after each `mark`."""
    changed, start = bytearray(content), 0
    while (start := changed.find(mark, start)) >= 0:
        struct.pack_into(layout, changed, start + place, value)
        start += 4
    return bytes(changed)


def many(number):
    return zip_of({f"{count}": b"" for count in range(number)})


def test_a_file_that_is_longer_than_it_says_is_refused(at):
    content = zip_of({"guide.yaml": b"\0" * 5_000_000})
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        content = patched(content, mark, place, 100)
    assert refusal(at(content)) == ["zip:1: it cannot be read as a zip (Bad CRC-32 for file 'guide.yaml')"]


def test_a_file_that_is_shorter_than_it_says_is_refused(at):
    content = zip_of({"guide.yaml": b"short"})
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        content = patched(content, mark, place, 5000)
    assert refusal(at(content)) == [
        "zip:1: it cannot be read as a zip (guide.yaml is not as long as it says)"
    ]


def test_many_entries_that_are_said_to_be_few_are_refused(at):
    content = patched(many(20_000), END, 10, 1, "<H")
    assert refusal(at(content)) == ["zip:1: it has more than 3000 entries, or very long names"]


def test_entries_beyond_what_the_zip_says_are_not_read(at):
    content = patched(patched(many(20_000), END, 10, 1, "<H"), END, 12, 100)
    assert len(refusal(at(content))) == 1


def test_more_entries_than_the_short_form_can_count_are_refused(at):
    assert refusal(at(many(70_000))) == ["zip:1: it has more than 3000 entries, or very long names"]


def test_a_zip_of_the_long_form_is_refused(at):
    """Its end could say other numbers than the one that is looked at."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive:
        archive.writestr("guide.yaml", b"x")
    content = out.getvalue()
    place = content.rindex(END)
    long_end = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 100_000, 100_000, 5_000_000, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, place, 1)
    content = content[:place] + long_end + locator + content[place:]
    assert refusal(at(content)) == ["zip:1: it has more than 3000 entries, or very long names"]


def test_an_end_in_the_comment_is_the_end(at):
    """What is looked at is what the entries are read by: here, that there is none."""
    content = many(20_000)
    fake = END + b"\0" * 18
    place = content.rindex(END)
    content = content[: place + 20] + struct.pack("<H", len(fake)) + fake
    assert unpack(at(content)).names == frozenset()


def test_a_zip_in_a_zip_is_not_opened(at):
    inner = zip_of({"guide.yaml": b"\0" * 5_000_000})
    assert unpack(at(zip_of({"inner.zip": inner, "more.zip": inner}))).names == frozenset()
