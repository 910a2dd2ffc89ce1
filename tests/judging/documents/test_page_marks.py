"""Pages are the same however a file is written, and different as soon as anything on them is."""

import io

import pikepdf
import pytest

from judging.documents.page_marks import LARGEST_DRAWING, LARGEST_STREAM, PagesUnreadable, page_marks
from tests.factories.signing import drawn_over, small_paper, written_anew

SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _changed(change: str) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper())) as file:
        page = file.pages[0]
        if change == "turned":
            page.obj.Rotate = 90
        elif change == "wider":
            page.obj.MediaBox = pikepdf.Array([0, 0, 900, 595])
        elif change == "other letters":
            page.obj.Resources.Font.F1.BaseFont = pikepdf.Name.Courier
        elif change == "one page more":
            file.add_blank_page()
        elif change == "a note laid on it":
            note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FreeText, Contents="lain")
            page.obj.Annots = pikepdf.Array([file.make_indirect(note)])
        elif change == "opens with a script":
            file.Root.OpenAction = SCRIPT
        else:
            _act(file, change)
        file.save(target)
    return target.getvalue()


def _act(file: pikepdf.Pdf, change: str) -> None:
    """Let a file do something by itself, or lay the field of a signature on its page."""
    page = file.pages[0]
    if change == "has a script of its own":
        file.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["satu", SCRIPT]))
    elif change == "turns to a script":
        page.obj.AA = pikepdf.Dictionary(O=SCRIPT)
    elif change == "is a form that is drawn instead":
        file.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA="<xdp/>")
    elif change.startswith("a signature"):
        field = file.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="satu"))
        field.Rect = [842, 595, 0, 0] if "covers" in change else [600, 100, 760, 160]
        if "acts" in change:
            field.AA = pikepdf.Dictionary(E=SCRIPT)
        page.obj.Annots = pikepdf.Array([field])
        file.Root.AcroForm = pikepdf.Dictionary(Fields=[field])


def test_a_file_written_anew_shows_the_same_pages() -> None:
    issued = small_paper()

    assert written_anew(issued) != issued
    assert page_marks(written_anew(issued)) == page_marks(issued)


@pytest.mark.parametrize(
    "change",
    [
        "turned",
        "wider",
        "other letters",
        "one page more",
        "a note laid on it",
        "opens with a script",
        "has a script of its own",
        "turns to a script",
        "is a form that is drawn instead",
        "a signature that covers the page",
        "a signature that acts",
    ],
)
def test_whatever_changes_a_page_is_seen(change: str) -> None:
    assert page_marks(_changed("")) == page_marks(small_paper())
    assert page_marks(_changed(change)) != page_marks(small_paper())


def test_a_signature_in_its_place_leaves_the_page_as_it_is() -> None:
    assert page_marks(_changed("a signature")) == page_marks(small_paper())


def test_a_little_file_that_unpacks_to_a_lot_is_refused() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper())) as file:
        file.pages[0].obj.Contents = file.make_stream(b"q " * (LARGEST_DRAWING // 2 + 1))
        file.save(target)

    assert len(target.getvalue()) < 20_000
    with pytest.raises(PagesUnreadable):
        page_marks(target.getvalue())


def test_no_stream_unpacks_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    page_marks(small_paper())
    assert pikepdf.settings.get_qpdf_limits()["flate_max_memory"] == LARGEST_STREAM
    monkeypatch.setattr("judging.documents.page_marks.LARGEST_FILE", 300)

    with pytest.raises(PagesUnreadable):
        page_marks(small_paper("Piagam" * 50))


def test_what_is_used_in_many_places_is_read_once() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper())) as file:
        one = file.make_indirect(pikepdf.Dictionary(A=1))
        for _ in range(60):  # 2^60 ways lead to the last
            one = file.make_indirect(pikepdf.Dictionary(A=one, B=one))
        file.pages[0].obj.Resources.Properties = pikepdf.Dictionary(MC0=one)
        file.save(target)

    assert page_marks(target.getvalue()) != page_marks(small_paper())


def test_what_is_appended_and_draws_a_page_anew_is_seen() -> None:
    issued = small_paper()

    assert drawn_over(issued).startswith(issued)
    assert page_marks(drawn_over(issued)) != page_marks(issued)


def test_a_page_that_refers_to_itself_ends() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper())) as file:
        form = file.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 1, 1])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Self=form))
        file.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Self=form)
        file.save(target)

    assert len(page_marks(target.getvalue())) == 64


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 contoh", b"\x00" * 100])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(PagesUnreadable):
        page_marks(content)
