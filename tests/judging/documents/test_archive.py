"""Papers that can be kept: PDF/A-2b by what can be looked up in a file, and tags that lead through it."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pikepdf.pdfa
import pytest

from judging.documents import decree_samples, samples
from judging.documents.certificate import render_certificate_files
from judging.documents.decree import render_decree
from judging.documents.explanation_samples import explanation_sheets
from judging.documents.explanation_sheet import render_explanation_sheets

#: What a file for the archive may not hold anywhere: programs, actions, other files, streams that lie elsewhere.
FORBIDDEN = ("/JS", "/JavaScript", "/AA", "/OpenAction", "/EmbeddedFiles", "/EF", "/FFilter", "/Encrypt", "/XFA", "/TR")


@pytest.fixture(scope="module")
def explanation_pdf() -> bytes:
    return render_explanation_sheets(explanation_sheets())


@pytest.fixture(scope="module")
def decree_pdf() -> bytes:
    return render_decree(decree_samples.decree())


@pytest.fixture(scope="module")
def cut_pdfs() -> list[bytes]:
    many = [samples.certificate(f"Desa & Contoh {serial}", serial=serial) for serial in (1, 2, 3)]
    return list(render_certificate_files(many))


@pytest.fixture(params=["certificate_pdf", "ranking_pdf", "minutes_pdf", "explanation_pdf"])
def paper(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(request.getfixturevalue(request.param))) as pdf:
        yield pdf


def refused(content: bytes) -> list[str]:
    """What an allow-list validator of PDF/A-2b finds in a file as it was written; nothing where it approves of it."""
    report = pikepdf.pdfa.validate_written(io.BytesIO(content), "2b")
    return [str(one) for one in (*report.violations, *report.unsupported)]


@pytest.mark.parametrize("name", ["certificate_pdf", "ranking_pdf", "minutes_pdf", "explanation_pdf", "decree_pdf"])
def test_a_validator_finds_nothing_in_it(request: pytest.FixtureRequest, name: str) -> None:
    assert refused(request.getfixturevalue(name)) == []


def test_a_validator_finds_nothing_in_pages_that_were_cut_out(cut_pdfs: list[bytes]) -> None:
    assert [refused(one) for one in cut_pdfs] == [[], [], []]


def test_the_validator_would_find_something(certificate_pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(certificate_pdf)) as pdf:
        del pdf.Root.OutputIntents
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    assert refused(spoilt.getvalue())


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the file, streams' own included."""
    for one in pdf.objects:
        if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            yield one


def test_it_says_what_it_is_and_what_its_colours_mean(paper: pikepdf.Pdf) -> None:
    with paper.open_metadata() as told:
        assert told.pdfa_status == "2B"
        assert told["dc:title"] == str(paper.docinfo.Title)
    (intent,) = paper.Root.OutputIntents
    assert intent.S == "/GTS_PDFA1"
    assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"  # the signature of a colour profile
    assert paper.pdf_version == "1.7"
    assert len(paper.trailer.ID) == 2


def test_it_carries_its_letters(paper: pikepdf.Pdf) -> None:
    described = [one for one in dictionaries(paper) if one.get("/Type") == "/FontDescriptor"]
    assert described
    assert all(any(f"/FontFile{kind}" in one for kind in ("", "2", "3")) for one in described)
    composed = [one for one in dictionaries(paper) if one.get("/Subtype") == "/Type0"]
    assert all("/ToUnicode" in one for one in composed)


def test_it_holds_nothing_that_an_archive_cannot_keep(paper: pikepdf.Pdf) -> None:
    for one in dictionaries(paper):
        assert not [name for name in FORBIDDEN if name in one]
        assert not one.get("/Interpolate", False)
        assert one.get("/Filter") != "/LZWDecode"
    assert not paper.is_encrypted
    assert not paper.attachments


def marked(pdf: pikepdf.Pdf, page: pikepdf.Page) -> list[int]:
    """The numbers of the marked pieces of a page, as they are drawn."""
    found = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC" and "/MCID" in operands[1]:
            found.append(int(operands[1].MCID))
    return found


def test_every_marked_piece_of_a_page_has_its_tag(paper: pikepdf.Pdf) -> None:
    assert paper.Root.MarkInfo.Marked
    assert str(paper.Root.Lang) == "id"
    numbers = list(paper.Root.StructTreeRoot.ParentTree.Nums)
    tags = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    for page in paper.pages:
        drawn = marked(paper, page)
        assert drawn
        assert len(tags[int(page.obj.StructParents)]) == max(drawn) + 1


def test_a_page_that_was_cut_out_is_as_complete_as_the_whole(cut_pdfs: list[bytes]) -> None:
    for serial, content in enumerate(cut_pdfs, start=1):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            title = f"Piagam 400.14/{serial:03d}/PARITRANA/NTT/2025: Desa & Contoh {serial}"
            assert str(pdf.docinfo.Title) == title
            with pdf.open_metadata() as told:
                assert (told.pdfa_status, told["dc:title"]) == ("2B", title)
            tags = pdf.Root.StructTreeRoot.ParentTree.Nums
            assert len(tags[1]) == max(marked(pdf, pdf.pages[0])) + 1
            assert {one.Pg.objgen for one in tags[1] if "/Pg" in one} == {pdf.pages[0].obj.objgen}
            assert len([one for one in dictionaries(pdf) if one.get("/Type") == "/Page"]) == 1


def test_equal_certificates_give_equal_files(cut_pdfs: list[bytes]) -> None:
    many = [samples.certificate(f"Desa & Contoh {serial}", serial=serial) for serial in (1, 2, 3)]
    assert list(render_certificate_files(many)) == cut_pdfs
