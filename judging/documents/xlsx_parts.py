"""The parts of an ``.xlsx`` package around its sheets: styles, names, properties (ECMA-376, Office Open XML)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from xml.sax.saxutils import escape, quoteattr

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIRST_FORMAT: Final = 164  # numbers below are the format's own list


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. ``digits``: decimals of a number; None: as many as it has. Colours are RGB in hexadecimal.

    ``pattern``: a number format in the format's own language, for dates and times; it goes before ``digits``.
    """

    bold: bool = False
    size: int = 11
    color: str = ""
    fill: str = ""
    line_below: bool = False
    wrap: bool = False
    bottom: bool = False
    digits: int | None = None
    indent: int = 0
    center: bool = False
    is_guarded: bool = False
    pattern: str = ""

    def guarded(self) -> Style:
        """The same for text that begins like a formula: it stays text when the cell is edited."""
        return replace(self, is_guarded=True)

    def with_digits(self, digits: int) -> Style:
        """The same for a number with so many decimals."""
        return replace(self, digits=digits)


def _unique(items: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(items))


def _font(style: Style) -> str:
    bold = "<b/>" if style.bold else ""
    color = f'<color rgb="FF{style.color}"/>' if style.color else ""
    return f'<font>{bold}<sz val="{style.size}"/>{color}<name val="Calibri"/><family val="2"/></font>'


def _fill(style: Style) -> str:
    if not style.fill:
        return '<fill><patternFill patternType="none"/></fill>'
    color = f'<fgColor rgb="FF{style.fill}"/>'
    return f'<fill><patternFill patternType="solid">{color}</patternFill></fill>'


def _border(style: Style) -> str:
    below = '<bottom style="medium"><color rgb="FF12284C"/></bottom>' if style.line_below else "<bottom/>"
    return f"<border><left/><right/><top/>{below}<diagonal/></border>"


def _format(style: Style) -> str:
    if style.pattern or style.digits is None:
        return style.pattern
    return "0." + "0" * style.digits if style.digits else "0"


def styles(used: Sequence[Style]) -> str:
    """The table of styles, in the order in which cells refer to them; the first is that of an empty cell."""
    fonts = _unique([_font(style) for style in used])
    # The first two fills are fixed by the format.
    fills = _unique([_fill(Style()), '<fill><patternFill patternType="gray125"/></fill>', *map(_fill, used)])
    borders = _unique([_border(style) for style in used])
    formats = [text for text in _unique([_format(style) for style in used]) if text]
    cells = []
    for style in used:
        number = _FIRST_FORMAT + formats.index(_format(style)) if _format(style) else 0
        wrap = ' wrapText="1"' if style.wrap else ""
        indent = f' horizontal="left" indent="{style.indent}"' if style.indent else ""
        if style.center:
            indent = ' horizontal="center"'
        vertical = "bottom" if style.bottom else "top"
        quote = ' quotePrefix="1"' if style.is_guarded else ""
        cells.append(
            f'<xf numFmtId="{number}" fontId="{fonts.index(_font(style))}" fillId="{fills.index(_fill(style))}" '
            f'borderId="{borders.index(_border(style))}" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
            f'applyBorder="1" applyAlignment="1"{quote}><alignment{indent} vertical="{vertical}"{wrap}/></xf>'
        )
    number_formats = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(text)}/>'
        for number, text in enumerate(formats, start=_FIRST_FORMAT)
    )
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
        + (f'<numFmts count="{len(formats)}">{number_formats}</numFmts>' if formats else "")
        + f'<fonts count="{len(fonts)}">{"".join(fonts)}</fonts><fills count="{len(fills)}">{"".join(fills)}</fills>'
        f'<borders count="{len(borders)}">{"".join(borders)}</borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(cells)}">{"".join(cells)}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    )


def workbook(pages: Sequence[tuple[str, int]], filters: Sequence[str] = ()) -> str:
    """The list of pages, each with the row that repeats on paper (0: none); programs recalculate when they open it.

    ``filters``: for each page the cells that carry a filter ("A6:H30"), or nothing.
    """
    sheets = "".join(
        f'<sheet name={quoteattr(title)} sheetId="{number}" r:id="rId{number}"/>'
        for number, (title, _) in enumerate(pages, start=1)
    )
    names = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">'
        f"{escape(chr(39) + title + chr(39))}!${row}:${row}</definedName>"
        for index, (title, row) in enumerate(pages)
        if row
    ) + "".join(
        f'<definedName name="_xlnm._FilterDatabase" localSheetId="{index}" hidden="1">'
        f"{escape(chr(39) + pages[index][0] + chr(39))}!{_absolute(cells)}</definedName>"
        for index, cells in enumerate(filters)
        if cells
    )
    return (
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets>{f'<definedNames>{names}</definedNames>' if names else ''}"
        '<calcPr calcId="191029" fullCalcOnLoad="1"/></workbook>'
    )


def _absolute(cells: str) -> str:
    """Return "A6:H30" as "$A$6:$H$30"."""
    return re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", cells)


def content_types(sheets: int) -> str:
    """What kind each part is."""
    parts = [
        ("/xl/workbook.xml", f"{_TYPES}.sheet.main+xml"),
        ("/xl/styles.xml", f"{_TYPES}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{_TYPES}.sharedStrings+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((f"/xl/worksheets/sheet{number}.xml", f"{_TYPES}.worksheet+xml") for number in range(1, sheets + 1)),
    ]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def relations(sheets: int | None) -> str:
    """From the package to its main parts (None), or from the workbook to so many sheets and their tables."""
    if sheets is None:
        targets = [
            (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ]
    else:
        targets = [(f"{_OFFICE}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, sheets + 1)]
        targets += [(f"{_OFFICE}/styles", "styles.xml"), (f"{_OFFICE}/sharedStrings", "sharedStrings.xml")]
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def core_properties(title: str, day: date) -> str:
    """Title, maker and date."""
    stamp = f"{day:%Y-%m-%d}T00:00:00Z"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Paritrana</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    )
