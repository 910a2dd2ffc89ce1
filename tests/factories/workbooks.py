"""Workbooks as secretariats send them, and as nobody should: built in code, nothing is kept as a file."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from nominees.core.import_sheets import FORMS

HEADERS = {form.title: [column.header for column in form.columns] for form in FORMS}
Grid = Sequence[Sequence[Any]]


def workbook(sheets: Mapping[str, Grid]) -> bytes:
    """Return a workbook whose sheets hold exactly these cells; a text beginning with ``=`` becomes a formula."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, grid in sheets.items():
        sheet = book.create_sheet(title)
        for row in grid:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet(title: str, *rows: Mapping[str, Any]) -> Grid:
    """Return the grid of a sheet: the header, then ``rows`` by header."""
    headers = HEADERS[title]
    for row in rows:
        assert set(row) <= set(headers), set(row) - set(headers)
    return [headers, *([row.get(header) for header in headers] for row in rows)]


def nominees(**sheets: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a workbook of ``governments``, ``villages`` and ``businesses``."""
    titles = {"governments": "Pemerintah", "villages": "Desa", "businesses": "Badan Usaha"}
    return workbook({titles[name]: sheet(titles[name], *rows) for name, rows in sheets.items()})


def business_row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a good row of the sheet of businesses; ``changes`` by header, with ``_`` for a space."""
    row = {
        "No.": number,
        "Nama usaha": f"Koperasi {number} (contoh)",
        "Nama badan hukum": f"Koperasi Simpan Pinjam {number} (contoh)",
        "Kabupaten/Kota": "Kota Kupang",
        "Sektor": "Jasa Keuangan",
        "Ukuran usaha": "Menengah",
        "KBLI": "64141",
        "NIB": f"{number:013d}",
        "Nomor BPJS Ketenagakerjaan": f"KP{number:06d}",
    }
    return row | {name.replace("_", " "): value for name, value in changes.items()}


def repacked(content: bytes, change: Callable[[str, bytes], bytes | None], extra: Mapping[str, bytes] = {}) -> bytes:
    """Return the archive with every part passed through ``change`` (``None`` drops it) and ``extra`` parts added."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
        for name, part in extra.items():
            new.writestr(name, part)
    return stream.getvalue()


def _keep(name: str, part: bytes) -> bytes:
    return part


def _in_sheet(pattern: bytes, replacement: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, part: bytes) -> bytes:
        return re.sub(pattern, lambda _: replacement, part, count=1) if name == "xl/worksheets/sheet1.xml" else part

    return change


def _bomb() -> bytes:
    rows = b"<row><c><v>1</v></c></row>" * 40_000
    return repacked(good(), _in_sheet(b"</sheetData>", rows * 45 + b"</sheetData>"))


def _encrypted_entry() -> bytes:
    """Set the encryption flag of every entry, in the directory and before the parts."""
    content = bytearray(good())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (found := content.find(mark, start)) >= 0:
            content[found + offset] |= 1
            start = found + 4
    return bytes(content)


def good() -> bytes:
    """Return a workbook that can be imported into ``factories.nominees.make_field``."""
    return nominees(businesses=[business_row(1)])


def _ole(*words: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 504 + b"".join(w.encode("utf-16-le") for w in words)


DOCTYPE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'

#: Files that are not read at all: name, bytes, code of the refusal.
REFUSED: tuple[tuple[str, Callable[[], bytes], str], ...] = (
    ("empty", lambda: b"", "workbook_empty"),
    ("too large", lambda: b"PK\x03\x04" + b"0" * (5 * 1024 * 1024), "workbook_too_large"),
    ("old xls", lambda: _ole("Workbook"), "workbook_old_format"),
    ("with password", lambda: _ole("EncryptedPackage"), "workbook_encrypted"),
    ("encrypted entries", _encrypted_entry, "workbook_encrypted"),
    ("csv", lambda: "Nama usaha;NIB\nKoperasi é;1\n".encode(), "workbook_is_text"),
    ("html named xls", lambda: b"<html><table><tr><td>1</td></tr></table></html>", "workbook_is_text"),
    ("program renamed", lambda: b"MZ\x90\x00\x03" + bytes(range(256)) * 4, "workbook_not_excel"),
    ("pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\x00\n", "workbook_not_excel"),
    ("other archive", lambda: repacked(good(), lambda n, p: None, {"a.txt": b"x"}), "workbook_not_excel"),
    ("truncated", lambda: good()[:-200], "workbook_damaged"),
    ("flipped bytes", lambda: good()[:200] + b"\xff" * 60 + good()[260:], "workbook_damaged"),
    ("path names", lambda: repacked(good(), _keep, {"../../evil.xml": b"x"}), "workbook_damaged"),
    ("macros", lambda: repacked(good(), _keep, {"xl/vbaProject.bin": b"x"}), "workbook_has_macros"),
    ("macro sheet", lambda: repacked(good(), _keep, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "workbook_has_macros"),
    (
        "macro content type",
        lambda: repacked(good(), lambda n, p: p.replace(b"sheet.main", b"sheet.macroEnabled.main")),
        "workbook_has_macros",
    ),
    ("binary workbook", lambda: repacked(good(), _keep, {"xl/workbook.bin": b"x"}), "workbook_old_format"),
    ("bomb", _bomb, "workbook_unpacks_too_large"),
    (
        "many entries",
        lambda: repacked(good(), _keep, {f"xl/media/{i}.png": b"" for i in range(600)}),
        "workbook_unpacks_too_large",
    ),
    ("doctype", lambda: repacked(good(), _in_sheet(rb"^", DOCTYPE)), "workbook_has_doctype"),
    (
        "doctype in utf-16",
        lambda: repacked(good(), _keep, {"xl/x.xml": DOCTYPE.decode().encode("utf-16")}),
        "workbook_has_doctype",
    ),
    ("no xml inside", lambda: repacked(good(), _in_sheet(rb"(?s).*", b"<<<")), "workbook_damaged"),
)

_LYING_CORNER = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'


def _many_rows() -> bytes:
    return nominees(businesses=[business_row(i) for i in range(5001)])


def _sheet_of(*rows: Sequence[Any], title: str = "Badan Usaha") -> bytes:
    return workbook({title: rows})


def _with(**changes: Any) -> Callable[[], bytes]:
    return lambda: nominees(businesses=[business_row(1, **changes)])


#: Files that are read, and what is said of them: name, bytes, sheet, cell, code.
COMPLAINED: tuple[tuple[str, Callable[[], bytes], str, str, str], ...] = (
    ("no known sheet", lambda: _sheet_of(["a"], title="Sheet1"), "", "", "import_no_known_sheet"),
    ("header only", lambda: nominees(businesses=[]), "", "", "import_no_rows"),
    (
        "one more sheet",
        lambda: workbook({"Badan Usaha": sheet("Badan Usaha", business_row(1)), "Lain": [["x"]]}),
        "Lain",
        "",
        "import_sheet_unknown",
    ),
    ("no header", lambda: _sheet_of(["a", "b"], ["c", "d"]), "Badan Usaha", "", "import_header_missing"),
    (
        "header too low",
        lambda: _sheet_of(*[["x"]] * 10, HEADERS["Badan Usaha"]),
        "Badan Usaha",
        "",
        "import_header_missing",
    ),
    (
        "header misspelt",
        lambda: _sheet_of([*HEADERS["Badan Usaha"][:-1], "Pre tanggal"]),
        "Badan Usaha",
        "S1",
        "import_column_unknown",
    ),
    (
        "header twice",
        lambda: _sheet_of([*HEADERS["Badan Usaha"], "NIB"]),
        "Badan Usaha",
        "T1",
        "import_column_twice",
    ),
    (
        "column missing",
        lambda: _sheet_of([h for h in HEADERS["Badan Usaha"] if h != "NIB"]),
        "Badan Usaha",
        "A1",
        "import_column_missing",
    ),
    ("too many rows", _many_rows, "Badan Usaha", "", "import_too_many_rows"),
    (
        "lying corner",
        lambda: repacked(nominees(businesses=[business_row(1, NIB="1")]), _in_sheet(rb"</sheetData>", _LYING_CORNER)),
        "Badan Usaha",
        "H2",
        "import_cell_digits",
    ),
    ("formula", _with(KBLI="=64000+141"), "Badan Usaha", "G2", "import_cell_formula"),
    ("excel error", _with(KBLI="#N/A"), "Badan Usaha", "G2", "import_cell_error"),
    ("required empty", _with(Nama_usaha="\u200b "), "Badan Usaha", "B2", "import_cell_required"),
    ("32k characters", _with(Pimpinan="x" * 32_000), "Badan Usaha", "K2", "import_cell_too_long"),
    ("nib as number", _with(NIB=123456789012), "Badan Usaha", "H2", "import_cell_digits"),
    ("nib in powers", _with(NIB=1.23456789e25), "Badan Usaha", "H2", "import_cell_digits"),
    ("sector unknown", _with(Sektor="Pariwisata"), "Badan Usaha", "E2", "import_cell_choice"),
    ("typed percentage", _with(Pekerja_terdaftar="34,90%"), "Badan Usaha", "P2", "import_cell_number"),
    ("half an indicator", _with(Pekerja_terdaftar=5), "Badan Usaha", "Q2", "import_indicator_incomplete"),
    ("impossible day", _with(Per_tanggal="31/02/2024"), "Badan Usaha", "S2", "import_cell_date"),
    ("no mail", _with(Surel="bukan surel"), "Badan Usaha", "O2", "import_cell_email"),
    ("no phone", _with(Telepon="telepon"), "Badan Usaha", "N2", "import_cell_phone"),
    (
        "regency bare",
        lambda: nominees(businesses=[business_row(1) | {"Kabupaten/Kota": "Kupang"}]),
        "Badan Usaha",
        "D2",
        "import_region_without_prefix",
    ),
    (
        "regency as number",
        lambda: nominees(businesses=[business_row(1) | {"Kabupaten/Kota": 53.71}]),
        "Badan Usaha",
        "D2",
        "import_cell_code_as_number",
    ),
    (
        "code of elsewhere",
        lambda: nominees(governments=[{"Kode wilayah": "35.78"}]),
        "Pemerintah",
        "B2",
        "import_region_unknown",
    ),
    (
        "code of a village",
        lambda: nominees(governments=[{"Nama pemerintah daerah": "Provinsi Nusa Tenggara Timur"}]),
        "Pemerintah",
        "C2",
        "import_region_kind",
    ),
    (
        "village twice named",
        lambda: nominees(villages=[{"Nama desa/kelurahan": "Oesao"}]),
        "Desa",
        "C2",
        "import_region_without_prefix",
    ),
    (
        "village elsewhere",
        lambda: nominees(villages=[{"Nama desa/kelurahan": "Desa Dafala", "Kabupaten/Kota": "Kabupaten Kupang"}]),
        "Desa",
        "C2",
        "import_region_elsewhere",
    ),
    (
        "name against code",
        lambda: nominees(governments=[{"Kode wilayah": "53.01", "Nama pemerintah daerah": "Kota Kupang"}]),
        "Pemerintah",
        "C2",
        "import_region_name_differs",
    ),
    (
        "no region",
        lambda: nominees(governments=[{"Pimpinan": "Bupati (contoh)"}]),
        "Pemerintah",
        "B2",
        "import_region_missing",
    ),
    (
        "row twice",
        lambda: nominees(businesses=[business_row(1), business_row(2, NIB=f"{1:013d}")]),
        "Badan Usaha",
        "H3",
        "import_row_twice",
    ),
    ("category unknown", _with(Kategori="Terbaik"), "Badan Usaha", "J2", "import_category_unknown"),
    ("category of another kind", _with(Kategori="pemda"), "Badan Usaha", "J2", "import_category_misfit_kind"),
    ("no category takes it", _with(Ukuran_usaha="Mikro"), "Badan Usaha", "J2", "import_category_none"),
    (
        "text beside the table",
        lambda: workbook(
            {
                "Badan Usaha": [
                    HEADERS["Badan Usaha"],
                    [*[r.get(h) for r in [business_row(1)] for h in HEADERS["Badan Usaha"]], "catatan"],
                ]
            }
        ),
        "Badan Usaha",
        "T2",
        "import_cell_outside",
    ),
)
