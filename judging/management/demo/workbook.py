"""The nominees' workbook, filled in as a secretariat would fill in the template that the product writes."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from nominees.core.codelists import SECTORS, SIZES
from nominees.core.import_sheets import BUSINESSES, GOVERNMENTS, HEADER_WITHIN, VILLAGES, SheetForm
from paritrana.regions.models import Region

Row = dict[str, Any]


def filled(template: bytes, nominees: dict[str, list[Row]], category_names: dict[str, str], *, as_of: str) -> bytes:
    """Return ``template`` with the demo's ``nominees`` on its three sheets; ``as_of`` is the date of the counts."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(template))
    common = {"source": "Data contoh, bukan angka resmi", "as_of": as_of}
    regions = Region.objects.select_related("parent__parent").in_bulk(
        [row["region"] for row in nominees["businesses"]] + [row["code"] for row in nominees["villages"]],
        field_name="code",
    )
    _write(
        book,
        GOVERNMENTS,
        (
            common
            | {
                "region_code": row["code"],
                "category": category_names["pemda"],
                "leader": row["leader"],
                "count": row["participants"],
                "base": row["employed"],
            }
            for row in nominees["governments"]
        ),
    )
    _write(
        book,
        VILLAGES,
        (
            common
            | {
                "region_code": row["code"],
                "category": category_names["desa"],
                "leader": row["leader"],
                "count": row["participants"],
                "base": row["employed"],
            }
            for row in nominees["villages"]
        ),
    )
    _write(
        book,
        BUSINESSES,
        (
            common
            | {name: row[name] for name in ("name", "legal_name", "kbli", "nib", "bpjs_number", "leader")}
            | {
                "regency": regions[row["region"]].name,
                "sector": SECTORS[row["sector"]],
                "size_class": SIZES[row["size_class"]],
                "category": category_names[row["category"]],
                "count": row["registered"],
                "base": row["workers"],
            }
            for row in nominees["businesses"]
        ),
    )
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(book: Any, form: SheetForm, rows: Iterable[Row]) -> None:
    """Write ``rows`` under the header of the form's sheet, over the example rows."""
    sheet = book[form.title]
    headers = {column.header: column.name for column in form.columns}
    found = [
        (cell.row, cell.column, headers[name])
        for line in sheet.iter_rows(max_row=HEADER_WITHIN)
        for cell in line
        if (name := str(cell.value).removesuffix(" *")) in headers
    ]
    for number, row in enumerate(rows, start=1):
        values = {"no": str(number), **row}
        for row_found, column, name in found:
            sheet.cell(row_found + number, column).value = values.get(name, "")
