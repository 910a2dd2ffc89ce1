"""The three sheets of the import workbook and their columns. Headers are Indonesian: the workbook is paper."""

from dataclasses import dataclass

from . import columns as c
from .codelists import BUSINESS, GOVERNMENT, SECTORS, SIZES, VILLAGE
from .columns import Column
from .coverage import INDICATOR_OF
from .matching import name_key

#: First cell of a row that the template wrote as an example; such rows are not read.
EXAMPLE_MARK = "CONTOH"
GUIDE_SHEET, CODES_SHEET, REGIONS_SHEET = "Petunjuk", "Kode", "Kode Wilayah"
#: Sheets without nominees.
OTHER_SHEETS = (GUIDE_SHEET, CODES_SHEET, REGIONS_SHEET)
#: Rows of nominees on one sheet, at most.
ROW_LIMIT = 5000
#: The header stands in one of the first rows, under a title or not.
HEADER_WITHIN = 10

INDICATOR_FIELDS = ("count", "base", "source", "as_of")


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A sheet for nominees of one kind."""

    title: str
    kind: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column:
        """Return the column of the field ``name``. Raises ``KeyError``."""
        return {column.name: column for column in self.columns}[name]


def _common(kind: str) -> tuple[Column, ...]:
    indicator = INDICATOR_OF[kind]
    return (
        Column("category", "Kategori", c.text(150), choices="Kategori", width=34),
        Column("leader", "Pimpinan", c.text(150), width=28, example="Nama Pimpinan (contoh)"),
        Column("summary", "Ringkasan", c.text(2000), width=40),
        Column("person", "Narahubung", c.text(150), width=24, example="Nama Narahubung (contoh)"),
        Column("phone", "Telepon", c.phone, as_text=True, example="0812-0000-0000"),
        Column("email", "Surel", c.email, width=28, example="narahubung@contoh.id"),
        Column("count", indicator.count_label, c.whole_number, example="1200"),
        Column("base", indicator.base_label, c.whole_number, example="4000"),
        Column("source", "Sumber data", c.text(200), width=32, example="BPJS Ketenagakerjaan; BPS"),
        Column("as_of", "Per tanggal", c.day, as_text=True, example="31/12/2024"),
    )


_NUMBER = Column("no", "No.", c.text(20), width=9, example=EXAMPLE_MARK)

GOVERNMENTS = SheetForm(
    "Pemerintah",
    GOVERNMENT,
    (
        _NUMBER,
        Column("region_code", "Kode wilayah", c.code(13), as_text=True, example="53.01"),
        Column("name", "Nama pemerintah daerah", c.text(200), width=34, example="Kabupaten Kupang"),
        *_common(GOVERNMENT),
    ),
)
VILLAGES = SheetForm(
    "Desa",
    VILLAGE,
    (
        _NUMBER,
        Column("region_code", "Kode desa/kelurahan", c.code(13), as_text=True, example="53.04.02.2007"),
        Column("name", "Nama desa/kelurahan", c.text(200), width=34, example="Desa Dafala"),
        Column("district", "Kecamatan", c.text(100), width=26, example="Kecamatan Tasifeto Timur"),
        Column("regency", "Kabupaten/Kota", c.text(100), width=26, example="Kabupaten Belu"),
        *_common(VILLAGE),
    ),
)
BUSINESSES = SheetForm(
    "Badan Usaha",
    BUSINESS,
    (
        _NUMBER,
        Column("name", "Nama usaha", c.text(200), required=True, width=34, example="Koperasi Sejahtera (contoh)"),
        Column(
            "legal_name",
            "Nama badan hukum",
            c.text(200),
            required=True,
            width=34,
            example="Koperasi Simpan Pinjam Sejahtera (contoh)",
        ),
        Column("regency", "Kabupaten/Kota", c.code(100), required=True, as_text=True, width=26, example="Kota Kupang"),
        Column(
            "sector", "Sektor", c.choice(SECTORS), required=True, choices="Sektor", width=34, example="Jasa Keuangan"
        ),
        Column(
            "size_class", "Ukuran usaha", c.choice(SIZES), required=True, choices="Ukuran usaha", example="Menengah"
        ),
        Column("kbli", "KBLI", c.digits(5), required=True, as_text=True, example="64141"),
        Column("nib", "NIB", c.digits(13), required=True, as_text=True, example="0000000000000"),
        Column(
            "bpjs_number", "Nomor BPJS Ketenagakerjaan", c.registration, required=True, as_text=True, example="00000"
        ),
        *_common(BUSINESS),
    ),
)

FORMS = (GOVERNMENTS, VILLAGES, BUSINESSES)


def form_of(title: str) -> SheetForm | None:
    """Return the form of the sheet called ``title``, whatever its case and spaces."""
    return {name_key(form.title): form for form in FORMS}.get(name_key(title))
