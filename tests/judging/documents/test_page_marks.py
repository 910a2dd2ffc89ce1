"""Pages are the same however a file is written, and different as soon as anything on them is."""

import io

import pikepdf
import pytest

from judging.documents.page_marks import PagesUnreadable, page_marks
from tests.factories.signing import drawn_over, small_paper, written_anew


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
            file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        file.save(target)
    return target.getvalue()


def test_a_file_written_anew_shows_the_same_pages() -> None:
    issued = small_paper()

    assert written_anew(issued) != issued
    assert page_marks(written_anew(issued)) == page_marks(issued)


@pytest.mark.parametrize(
    "change",
    ["turned", "wider", "other letters", "one page more", "a note laid on it", "opens with a script"],
)
def test_whatever_changes_a_page_is_seen(change: str) -> None:
    assert page_marks(_changed("")) == page_marks(small_paper())
    assert page_marks(_changed(change)) != page_marks(small_paper())


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
