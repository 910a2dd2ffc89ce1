"""Documents of many single pages: one drawn ground under all of them, and cutting them into a file for each.

Laying pages out together is most of the work of a batch; writing each by itself would embed and tag everything anew.
A page that is cut out keeps its tags, letters and colours, so that its file is as complete as the whole was.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from pikepdf import Pdf

VERSION = "1.7"
#: How the destination begins that a page names where it leaves room for a signature; each page of a whole has its own.
ROOM = "ruang-tanda-tangan"


def put_under(content: bytes, ground: bytes) -> bytes:
    """Return the PDF ``content`` with the only page of the PDF ``ground`` below each of its pages, of the same size.

    The ground is marked as decoration, which screen readers pass over. Tags, metadata and output intent of ``content``
    stay. Equal input gives equal bytes.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        _put_under(pdf, ground)
        return _written(pdf)


def cut(content: bytes, ground: bytes, titles: Sequence[str]) -> Iterator[bytes]:
    """Yield each page of the tagged PDF ``content`` over ``ground`` as a file under its own one of ``titles``."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as whole:
        _put_under(whole, ground)
        whole.remove_unreferenced_resources()  # the pages share one list; each keeps what it shows
        root = whole.Root.StructTreeRoot
        elements = {_page_of(element): element for element in root.K[0].K}
        former, rooms = str(whole.docinfo.Title), dict(_rooms(whole))
        for page, title in zip(whole.pages, titles, strict=True):
            single = pikepdf.new()
            single.pages.append(page)
            _tag(single, elements[page.obj.objgen])
            _describe(single, whole, former, title)
            _name_room(single, rooms.get(page.obj.objgen))
            yield _written(single)


def _put_under(pdf: Pdf, ground: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(ground)) as under:
        drawing = pdf.copy_foreign(under.pages[0].as_form_xobject())
    for page in pdf.pages:
        name = page.add_resource(drawing, pikepdf.Name.XObject, pikepdf.Name.Ground)
        page.contents_add(b"/Artifact BMC q %s Do Q EMC" % str(name).encode(), prepend=True)


def _rooms(whole: Pdf) -> Iterator[tuple[tuple[int, int], tuple[Any, Any]]]:
    """Yield each page that leaves room for a signature with the upper left corner of that room."""
    import pikepdf

    if "/Names" in whole.Root and "/Dests" in whole.Root.Names:
        for name, place in pikepdf.NameTree(whole.Root.Names.Dests).items():
            if str(name).startswith(ROOM):
                target: Any = place
                yield target[0].objgen, (target[2], target[3])


def _name_room(single: Pdf, corner: tuple[Any, Any] | None) -> None:
    """Let the file of one page say where it leaves room, as its whole did."""
    import pikepdf

    if corner:
        names = pikepdf.NameTree.new(single)
        names[ROOM] = pikepdf.Array([single.pages[0].obj, pikepdf.Name.XYZ, *corner, 0])
        single.Root.Names = pikepdf.Dictionary(Dests=names.obj)


def _page_of(element: Any) -> tuple[int, int]:
    """The page that an element of the tags stands on, from the first part of it that says so."""
    import pikepdf

    if isinstance(element, pikepdf.Dictionary):
        if "/Pg" in element:
            found: tuple[int, int] = element.Pg.objgen
            return found
        for part in _parts(element):
            if (page := _page_of(part)) != (0, 0):
                return page
    return 0, 0


def _tag(single: Pdf, element: Any) -> None:
    """Give the only page its tags: the element that was its own in the whole, below a document of its own."""
    import pikepdf

    if "/P" in element:
        del element.P  # it leads to all the other pages
    document = single.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document))
    copied = single.copy_foreign(element)
    copied.P = document
    document.K = pikepdf.Array([copied])
    marked: dict[int, Any] = {}
    _collect(copied, marked)
    numbers = pikepdf.Array([0, single.make_indirect(pikepdf.Array([marked[key] for key in sorted(marked)]))])
    root = single.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructTreeRoot,
            K=pikepdf.Array([document]),
            ParentTree=single.make_indirect(pikepdf.Dictionary(Nums=numbers)),
        )
    )
    document.P = root
    single.Root.StructTreeRoot = root
    single.pages[0].obj.StructParents = 0


def _collect(element: Any, marked: dict[int, Any]) -> None:
    """Note by number which element each marked piece of the page belongs to."""
    for part in _parts(element):
        if isinstance(part, int):
            marked[part] = element
        elif "/MCID" in part:
            marked[int(part.MCID)] = element
        else:
            _collect(part, marked)


def _parts(element: Any) -> list[Any]:
    """The elements and marked pieces that an element of the tags is made of; one may stand without a list."""
    import pikepdf

    parts: Any = element.get("/K", [])
    return list(parts) if isinstance(parts, (pikepdf.Array, list)) else [parts]


def _describe(single: Pdf, whole: Pdf, former: str, title: str) -> None:
    """Carry over what the whole says of itself, with the page's own title in both places."""
    import pikepdf

    for name in ("/MarkInfo", "/ViewerPreferences", "/OutputIntents"):
        single.Root[name] = single.copy_foreign(whole.make_indirect(whole.Root[name]))
    single.Root.Lang = pikepdf.String(str(whole.Root.Lang))
    for name, words in whole.docinfo.items():
        single.docinfo[name] = pikepdf.String(str(words))
    single.docinfo.Title = pikepdf.String(title)
    told = whole.Root.Metadata.read_bytes().replace(escape(former).encode(), escape(title).encode())
    single.Root.Metadata = single.make_stream(told, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def _written(pdf: Pdf) -> bytes:
    target = io.BytesIO()
    pdf.save(target, deterministic_id=True, min_version=VERSION)
    return target.getvalue()
