"""What is uploaded becomes text, or a sentence that says why not and what to do."""

import time
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gap.parsing.docx import text_of_docx
from gap.parsing.pdf import text_of_pdf
from gap.parsing.refusal import LONGEST, Refused
from gap.reading import MOST_BYTES, text_of
from tests.gap.files import TEXT, docx, locked_pdf, pdf, pdf_bomb, with_part


def refusal(data):
    with pytest.raises(Refused) as refused:
        text_of(data)
    return str(refused.value)


def text_or_refusal(data):
    """Return what a file is read as; anything but a text or a refusal is an error."""
    try:
        return text_of(data)
    except Refused as refused:
        return str(refused)


# --- Text -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_read_in_its_encoding(encoding):
    assert text_of("Kenntnisse für Python".encode(encoding)) == "Kenntnisse für Python"


def test_signs_that_are_no_text_become_blanks():
    assert text_of(b"Py\x07thon\x1b") == "Py thon "


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b" \n ", "There is no text in this file."),
        (b"x" * (MOST_BYTES + 1), "This file is larger than 1 MB."),
        (b"x" * (LONGEST + 1), "This holds more than 100,000 characters."),
        (b"\x89PNG\r\n\x1a\n", "This is a picture"),
        (b"\xff\xd8\xff\xe0", "This is a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "This is a file of an old Word."),
        (b"{\\rtf1 Python}", "This is an RTF file."),
        (b"MZ\x90\x00\x03\x00\x00\x00", "This is no text, PDF or DOCX file."),
    ],
)
def test_what_is_no_text_is_refused_with_what_to_do(data, said):
    assert refusal(data).startswith(said)


@given(st.binary(max_size=200).filter(lambda data: b"%PDF-" not in data and data[:2] != b"PK"))
def test_any_bytes_give_text_or_a_refusal(data):
    text = text_or_refusal(data)
    assert text.strip()
    assert "\0" not in text
    text.encode()


# --- PDF --------------------------------------------------------------------------------------


def test_pdf_is_read_in_a_process_of_its_own():
    assert text_of(pdf()).strip() == TEXT


@pytest.mark.parametrize("password", ["", "secret"])
def test_pdf_with_a_password_is_refused_unless_it_opens_without(password):
    if password:
        with pytest.raises(Refused, match="locked with a password"):
            text_of_pdf(locked_pdf(password))
    else:
        assert text_of_pdf(locked_pdf(password)).strip() == TEXT


def test_pdf_without_text_is_said_to_be_scanned():
    with pytest.raises(Refused, match="seems to be scanned"):
        text_of_pdf(pdf(text=""))


def test_pdf_of_many_pages_is_refused():
    with pytest.raises(Refused, match="more than 20 pages"):
        text_of_pdf(pdf(pages=21))


def test_pdf_with_more_text_than_a_posting_is_refused():
    with pytest.raises(Refused, match="more than 100,000 characters"):
        text_of_pdf(pdf(text="Python " * 2_000, pages=10))


@pytest.mark.parametrize("data", [b"%PDF-1.7", pdf()[:200], pdf().replace(b"/Pages", b"/Pxges")])
def test_broken_pdf_is_refused(data):
    assert "cannot be read" in refusal(data)


def test_pdf_that_unpacks_without_end_is_given_up():
    begun = time.monotonic()
    assert "paste the text" in refusal(pdf_bomb()).lower()
    assert time.monotonic() - begun < 60  # on a busy machine; the process has ten seconds


@settings(max_examples=5)
@given(st.integers(10, 600), st.integers(0, 255))
def test_damaged_pdf_gives_text_or_a_refusal(place, byte):
    data = bytearray(pdf())
    data[min(place, len(data) - 1)] = byte
    assert text_or_refusal(bytes(data)).strip()


# --- DOCX -------------------------------------------------------------------------------------


def test_docx_gives_paragraphs_and_tables_in_order():
    data = docx("Skills", "Python", table=("SQL", "Git"))
    assert text_of(data).split() == ["Skills", "Python", "SQL", "Git"]


def test_docx_under_another_name_is_read_by_what_it_holds():
    assert text_of(docx(TEXT)) == TEXT


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and no zip", "cannot be read"),
        (docx(""), "There is no text in this file."),
        (with_part(docx(TEXT), "word/vbaProject.bin", b"x"), "macros"),
        (with_part(docx(TEXT), "word/document.xml", b"<broken"), "cannot be read"),
    ],
)
def test_docx_that_cannot_be_read_is_refused(data, said):
    assert said in refusal(data)


def test_zip_that_is_no_docx_is_refused():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("a.txt", "Python")
    with pytest.raises(Refused, match="This is no DOCX file"):
        text_of_docx(out.getvalue())


def test_docx_that_unpacks_without_end_is_not_unpacked():
    bomb = with_part(docx(TEXT), "word/media/image1.bin", b"\0" * (30 * 1024**2))
    assert len(bomb) < MOST_BYTES
    with pytest.raises(Refused, match="far larger unpacked"):
        text_of_docx(bomb)


def test_docx_does_not_expand_entities():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    body = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l8;</d>'
    assert "paste the text" in refusal(with_part(docx(TEXT), "word/document.xml", body.encode())).lower()


def test_docx_does_not_open_other_files():
    body = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><d>&f;</d>'
    assert "paste the text" in refusal(with_part(docx(TEXT), "word/document.xml", body.encode())).lower()
