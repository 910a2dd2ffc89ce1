"""The piagam: what it says, on which paper, and that its QR code leads to the register."""

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from judging.documents import certificate as module
from judging.documents import samples
from judging.documents.certificate import (
    CertificateDoesNotFit,
    name_size,
    qr_svg,
    render_certificate,
    render_certificate_files,
    render_certificates,
)

from .reading import page_sizes, pages_text, text, tight


def test_it_says_what_a_piagam_says(certificate_pdf: bytes) -> None:
    printed = tight(text(certificate_pdf)).upper()
    for words in (
        samples.ISSUING_BODY,
        "PIAGAM PENGHARGAAN",
        "Nomor: 400.14/001/PARITRANA/NTT/2025",
        "diberikan kepada",
        samples.LONGEST_REGENCY,
        "sebagai TERBAIK I",
        samples.CATEGORY,
        samples.EDITION,
        "Kupang, 21 Juli 2025",
        "Gubernur Nusa Tenggara Timur,",
        "Maria Goreti Lake (contoh)",
        "NIP 19700101 199503 2 001",
        "PRT-2401-7K4M-QX9T",
        "bukan tanda tangan elektronik",
        samples.DEMO_MARK,
    ):
        assert tight(words).upper() in printed


def test_it_is_one_page_of_the_asked_paper(certificate_pdf: bytes, hostile_certificate_pdf: bytes) -> None:
    assert page_sizes(certificate_pdf) == {(297, 210)}
    assert page_sizes(hostile_certificate_pdf) == {(330, 215)}
    assert len(pages_text(certificate_pdf)) == len(pages_text(hostile_certificate_pdf)) == 1


def test_a_real_certificate_carries_no_demo_mark(hostile_certificate_pdf: bytes) -> None:
    assert "CONTOH" not in text(hostile_certificate_pdf)


def test_longer_names_are_set_smaller() -> None:
    sizes = [name_size("x" * length) for length in (10, 40, 60, 100, 160)]
    assert sizes == ["name-1", "name-2", "name-3", "name-4", "name-5"]
    assert name_size(samples.LONGEST_REGENCY) == "name-2"


def test_the_longest_business_name_fits_with_three_signatures() -> None:
    pdf = render_certificate(samples.certificate(samples.LONG_BUSINESS))
    assert tight(samples.LONG_BUSINESS) in tight(text(pdf))


def test_what_does_not_fit_is_refused_and_never_cut_off() -> None:
    with pytest.raises(CertificateDoesNotFit, match="400"):
        render_certificate(samples.certificate("Nama yang tidak kunjung selesai " * 40))


@pytest.mark.parametrize("count", [0, 4])
def test_it_has_one_to_three_signatures(count: int) -> None:
    with pytest.raises(ValueError, match="one to three"):
        replace(samples.certificate(), signatures=samples.SIGNATURES[:1] * count)


def test_many_are_printed_in_documents_of_bounded_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAGES_PER_DOCUMENT", 2)
    many = [samples.certificate(f"Desa Contoh {serial}", serial=serial) for serial in (1, 2, 3)]
    pages = [pages_text(pdf) for pdf in render_certificates(many)]
    assert [len(document) for document in pages] == [2, 1]
    assert "Desa Contoh 3" in pages[1][0]


def test_files_hold_one_certificate_each_under_its_own_title() -> None:
    many = [samples.certificate(f"Desa Contoh {serial}", serial=serial) for serial in (1, 2)]
    files = list(render_certificate_files(many))
    titles = [PdfReader(io.BytesIO(pdf)).metadata.title for pdf in files]
    assert [len(pages_text(pdf)) for pdf in files] == [1, 1]
    assert titles == [f"Piagam {one.number}: {one.recipient}" for one in many]
    assert "Desa Contoh 1" not in text(files[1])


def test_no_certificates_make_no_documents() -> None:
    assert list(render_certificates([])) == list(render_certificate_files([])) == []


def test_the_qr_code_has_no_style_attributes() -> None:
    import base64

    markup = base64.b64decode(qr_svg("https://paritrana.example.id/cek/A").partition(",")[2]).decode()
    assert re.search(r"\s(style|class)=", markup) is None


def test_the_printed_qr_code_reads_as_the_public_address(certificate_pdf: bytes, tmp_path: Path) -> None:
    paper = tmp_path / "piagam.pdf"
    paper.write_bytes(certificate_pdf)
    for tool in ("pdftoppm", "zbarimg"):
        assert shutil.which(tool), f"{tool} is missing; the set-up of the tests installs it"
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", paper, tmp_path / "page"], check=True)  # noqa: S603, S607
    read = subprocess.run(  # noqa: S603
        ["zbarimg", "--quiet", "--raw", tmp_path / "page.png"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    assert read.stdout.strip() == "https://paritrana.example.id/cek/PRT-2401-7K4M-QX9T"
