"""Files as programs and people write them: their letters, the signs between cells, sheets and JSON."""

import json
import zipfile
from datetime import date, datetime

import pytest

from courses.importing.reading import opening, read, workbook
from courses.importing.refusal import Unreadable
from tests.courses.files import written, xlsx_file

ROWS = [["title", "level"], ["Pâté, salé", "Mixed"], ["面包\nfor two", ""]]
CELLS = [{"title": "Pâté, salé", "level": "Mixed"}, {"title": "面包\nfor two", "level": ""}]


def text(sign):
    return "\r\n".join(sign.join(f'"{cell}"' for cell in row) for row in ROWS) + "\r\n"


def cells(table):
    return [dict(row.cells) for row in table.rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_csv_is_read_with_any_sign_and_letters(tmp_path, encoding, sign):
    table = read(written(tmp_path / "a.csv", text(sign).encode(encoding)))
    assert (table.header, cells(table), table.notes) == (["title", "level"], CELLS, [])


def test_windows_letters_are_read_and_said(tmp_path):
    file = written(tmp_path / "a.csv", "title\nPâté – salé\n".encode("cp1252"))
    table = read(file)
    assert (cells(table), len(table.notes)) == ([{"title": "Pâté – salé"}], 1)
    table = read(file, "iso8859-2")
    assert (cells(table), table.notes) == ([{"title": "Pâté \x96 salé"}], [])


def test_broken_bytes_are_the_fault_of_their_row(tmp_path):
    table = read(written(tmp_path / "a.csv", "title\nPâté\nBr".encode() + b"\xff\n" + "Salé\n".encode()))
    assert [(row.number, row.fault[:28]) for row in table.rows()] == [
        (2, ""),
        (3, "it has bytes that are no let"),
        (4, ""),
    ]


def test_rows_have_numbers_and_lines(tmp_path):
    table = read(written(tmp_path / "a.csv", 'title\n"a\nb"\nc\n'))
    assert [(row.number, row.line) for row in table.rows()] == [(2, 2), (3, 4)]


def test_sign_is_told_by_the_names_that_are_known(tmp_path):
    file = written(tmp_path / "a.csv", "Course Title;Level, all, of it\nBread;x\n")
    assert read(file).header == ["Course Title", "Level, all, of it"]


def test_hint_for_spreadsheets_is_no_header(tmp_path):
    table = read(written(tmp_path / "a.csv", "sep=;\ntitle;level\nBread;any\n"))
    assert cells(table) == [{"title": "Bread", "level": "any"}]


def test_columns_without_a_name_have_a_number(tmp_path):
    table = read(written(tmp_path / "a.csv", ",title,\n0,Bread,\n"))
    assert (table.header, cells(table)) == (["column 1", "title"], [{"column 1": "0", "title": "Bread"}])


@pytest.mark.parametrize("rows", ["a,b,c\n", "a\n", '"a"b,c\n'])
def test_row_whose_cells_cannot_be_told_apart_has_a_fault(tmp_path, rows):
    table = read(written(tmp_path / "a.csv", "title,level\n" + rows + "Bread,any\n"))
    assert [bool(row.fault) for row in table.rows()] == [True, False]


def test_xlsx_is_read_as_it_looks(tmp_path):
    rows = [
        ["title", "weeks", "day", "at", None],
        ["Bread", 4.0, date(2026, 1, 2), datetime(2026, 1, 2, 3), None],  # noqa: DTZ001 - as spreadsheets have it
    ]
    table = read(xlsx_file(tmp_path / "a.xlsx", *rows, [None], ["Salt"]))
    told = [row for row in table.rows() if not row.is_empty]
    assert table.header == ["title", "weeks", "day", "at"]
    assert [dict(row.cells) for row in told] == [
        {"title": "Bread", "weeks": "4", "day": "2026-01-02", "at": "2026-01-02 03:00:00"},
        {"title": "Salt", "weeks": "", "day": "", "at": ""},
    ]
    assert [row.number for row in told] == [2, 4]


@pytest.mark.parametrize("before", ["[", '{"courses": [', "\ufeff [\n\n", ""])
def test_json_is_read(tmp_path, before):
    things = [{"title": "Pâté", "weeks": 4}, {"title": "Salé", "skills": ["a", "b"], "level": None}]
    after = {"[": "]", "{": "]}", "": ""}[before.strip("\ufeff \n")[:1]]
    body = (",\n" if before else "\n").join(map(json.dumps, things))
    table = read(written(tmp_path / "a.json", before + body + after))
    assert table.header == ["title", "weeks", "skills", "level"]
    assert cells(table) == [
        {"title": "Pâté", "weeks": "4"},
        {"title": "Salé", "skills": '["a", "b"]', "level": ""},
    ]
    line = 1 + before.count("\n")
    assert [row.line for row in table.rows()] == [line, line + 1]


def test_json_that_is_long_is_read_in_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("courses.importing.reading.objects.CHUNK", 7)
    things = [{"title": f"Course {number}", "hours": number} for number in range(50)]
    table = read(written(tmp_path / "a.json", json.dumps(things, indent=1)))
    assert [row.cells["title"] for row in table.rows()] == [thing["title"] for thing in things]


def zipped(path):
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("courses.csv", "title\nBread\n")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "The file is empty."),
        ("\n\n", "The file is empty."),
        ("[]", 'There are no courses. Give a list of objects, or {"courses": […]}.'),
        ('[{"title": "Bread"}, {"title"]', "The JSON is broken at line 1: Expecting ':' delimiter."),
        ('[{"title": "Bread"}\n', "The JSON is broken at line 2: Expecting value."),
        (b"\xd0\xcf\x11\xe0rest", "This is an Excel file of the old kind. Save it as XLSX or CSV."),
        (b"PK\x03\x04rest", "This is no XLSX file, or it is broken."),
        (b"GIF89a  \0\0 \0", "This is no CSV, XLSX or JSON file."),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_are_refused(tmp_path, content, message):
    with pytest.raises(Unreadable) as refused:
        read(written(tmp_path / "a", content))
    assert str(refused.value) == message


def test_other_zips_and_what_is_too_large_are_refused(tmp_path, monkeypatch):
    with pytest.raises(Unreadable, match=r"no XLSX file\. Unpack it first"):
        read(written(tmp_path / "a.xlsx", zipped(tmp_path / "b")))
    monkeypatch.setattr(workbook, "UNPACKED", 1000)
    with pytest.raises(Unreadable, match="Unpacked, the file has more than"):
        read(xlsx_file(tmp_path / "c.xlsx", ["title"]))
    monkeypatch.setattr(opening, "LARGEST", 3)
    with pytest.raises(Unreadable, match="The file has more than"):
        read(written(tmp_path / "d.csv", "title\n"))


def test_encoding_that_is_none_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="There is no encoding “klingon”"):
        read(written(tmp_path / "a.csv", "title\n"), "klingon")
