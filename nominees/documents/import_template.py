"""The workbook in which a secretariat lists its nominees. Indonesian, because it is paper; text stays text."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nominees.core.codelists import KINDS, SECTORS, SIZES
from nominees.core.columns import Column
from nominees.core.import_sheets import CODES_SHEET, EXAMPLE_MARK, FORMS, GUIDE_SHEET, REGIONS_SHEET, SheetForm
from nominees.core.rows import letters

from .workbook_cells import put_text

HEADER_ROW = 3
#: Rows prepared with choices and formats.
PREPARED_ROWS = 500

_GUIDE = (
    "Isi lembar Pemerintah, Desa, dan Badan Usaha; lembar yang tidak diperlukan dibiarkan kosong.",
    f"Baris bertanda {EXAMPLE_MARK} pada kolom No. hanya contoh dan tidak dibaca; boleh dihapus.",
    "Kolom bertanda * wajib diisi. Jangan mengubah nama lembar dan judul kolom.",
    "Isi dengan nilai, bukan rumus. Workbook dengan makro tidak diterima.",
    f"Kode wilayah ada pada lembar {REGIONS_SHEET}. Nama ditulis lengkap dengan awalannya: Kota Kupang.",
    "Pemerintah dan desa dikenali dari kode atau nama lengkapnya; desa juga dari kecamatannya.",
    "Kategori boleh dikosongkan bila hanya satu kategori yang cocok.",
    "Jumlah diisi dengan angka bulat; persentase dihitung oleh sistem. Keempat kolom jumlah, sumber, dan tanggal "
    "diisi bersama-sama.",
    "KBLI 5 angka dan NIB 13 angka. Sel yang kosong tidak menghapus data yang sudah tercatat.",
    "Tidak ada yang ditulis sebelum Anda menyetujui hasil pemeriksaan.",
)


@dataclass(frozen=True, slots=True)
class TemplateData:
    """What the template is made for: its title, the round's (category name, kind), and
    (code, full name, district, regency) of every region that can be named.
    """

    title: str
    categories: Sequence[tuple[str, str]]
    regions: Sequence[tuple[str, str, str, str]]


def import_template(data: TemplateData) -> bytes:
    """Return the workbook as ``.xlsx`` bytes."""
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    lists = _code_lists(data)
    for form in FORMS:
        _write_form(workbook.create_sheet(form.title), form, data.title, lists)
    _write_guide(workbook.create_sheet(GUIDE_SHEET), data.title)
    _write_codes(workbook.create_sheet(CODES_SHEET), lists)
    _write_regions(workbook.create_sheet(REGIONS_SHEET), data.regions)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _code_lists(data: TemplateData) -> dict[str, list[str]]:
    """Return what each choice column offers; categories are listed by kind."""
    lists = {"Sektor": list(SECTORS.values()), "Ukuran usaha": list(SIZES.values())}
    for kind in KINDS:
        lists[f"Kategori {KINDS[kind]}"] = [name for name, category_kind in data.categories if category_kind == kind]
    return lists


def _write_form(sheet: Any, form: SheetForm, title: str, lists: dict[str, list[str]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    put_text(sheet, 1, 1, f"{title}: {form.title}").font = Font(bold=True, size=14)
    put_text(sheet, 2, 1, f"Kolom bertanda * wajib diisi. Baris {EXAMPLE_MARK} tidak dibaca.").font = Font(italic=True)
    for i, column in enumerate(form.columns, start=1):
        head = put_text(sheet, HEADER_ROW, i, f"{column.header} *" if column.required else column.header)
        head.font, head.fill = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="0A489F")
        head.alignment = Alignment(wrap_text=True, vertical="center")
        if column.example:
            example = put_text(sheet, HEADER_ROW + 1, i, column.example)
            example.font, example.fill = Font(italic=True, color="525252"), PatternFill("solid", fgColor="ECEFF3")
        _prepare_column(sheet, i, column, form, lists)
    sheet.freeze_panes = f"C{HEADER_ROW + 1}"
    sheet.row_dimensions[HEADER_ROW].height = 32


def _prepare_column(sheet: Any, i: int, column: Column, form: SheetForm, lists: dict[str, list[str]]) -> None:
    """Set width, text format and the choices of a column."""
    from openpyxl.worksheet.datavalidation import DataValidation

    dimension = sheet.column_dimensions[letters(i)]
    dimension.width = column.width
    first, last = HEADER_ROW + 2, HEADER_ROW + 1 + PREPARED_ROWS
    if column.as_text:
        dimension.number_format = "@"
        for row in range(HEADER_ROW + 1, last + 1):
            sheet.cell(row=row, column=i).number_format = "@"
    name = f"Kategori {KINDS[form.kind]}" if column.choices == "Kategori" else column.choices
    if lists.get(name):
        at = letters(list(lists).index(name) + 1)
        choices = DataValidation(
            type="list", formula1=f"'{CODES_SHEET}'!${at}$2:${at}${len(lists[name]) + 1}", allow_blank=True
        )
        choices.error, choices.errorTitle = "Pilih salah satu dari daftar.", column.header
        sheet.add_data_validation(choices)
        choices.add(f"{letters(i)}{first}:{letters(i)}{last}")


def _write_guide(sheet: Any, title: str) -> None:
    from openpyxl.styles import Alignment, Font

    put_text(sheet, 1, 1, title).font = Font(bold=True, size=14)
    for i, line in enumerate(_GUIDE, start=1):
        put_text(sheet, i + 2, 1, f"{i}. {line}").alignment = Alignment(wrap_text=True, vertical="top")
    sheet.column_dimensions["A"].width = 110


def _write_codes(sheet: Any, lists: dict[str, list[str]]) -> None:
    from openpyxl.styles import Font

    for i, (name, values) in enumerate(lists.items(), start=1):
        put_text(sheet, 1, i, name).font = Font(bold=True)
        sheet.column_dimensions[letters(i)].width = 48
        for row, value in enumerate(values, start=2):
            put_text(sheet, row, i, value)


def _write_regions(sheet: Any, regions: Sequence[tuple[str, str, str, str]]) -> None:
    from openpyxl.styles import Font

    for i, (name, width) in enumerate((("Kode", 16), ("Nama", 40), ("Kecamatan", 30), ("Kabupaten/Kota", 34)), start=1):
        put_text(sheet, 1, i, name).font = Font(bold=True)
        sheet.column_dimensions[letters(i)].width = width
    for row, region in enumerate(regions, start=2):
        for i, text in enumerate(region, start=1):
            put_text(sheet, row, i, text)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:D{len(regions) + 1}"
