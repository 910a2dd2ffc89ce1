"""The piagam: what it says, on which paper, and that its QR code leads to the register."""

import io
import re
import shutil
import socket
import subprocess
from dataclasses import replace
from itertools import product
from pathlib import Path
from time import process_time
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from judging.documents import certificate as module
from judging.documents import samples
from judging.documents.assets import OWN_FILES
from judging.documents.certificate import (
    CertificateDoesNotFit,
    name_size,
    qr_svg,
    render_certificate,
    render_certificate_files,
    render_certificates,
)
from judging.documents.certificate_data import ACCENTS, Certificate, Design
from judging.documents.certificate_frames import frame_svg, tint
from judging.documents.page_sizes import page_size
from tests.factories.certificates import drawn as picture

from .reading import HOSTILE, link_targets, page_sizes, pages_text, text, tight


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


LOOKS = tuple(product(("landscape", "portrait"), ("A4", "F4")))
FRAMES = ("braid", "songket", "modern")


def crowded(design: Design) -> list[Certificate]:
    """The longest real names with every number of signatures, and an award with a long title and citation."""
    plain = [
        samples.certificate(name, signatures=count)
        for name in (samples.LONGEST_REGENCY, samples.LONG_BUSINESS)
        for count in (1, 2, 3)
    ]
    wordy = replace(
        plain[2], award="Piagam Khusus Inovasi Perlindungan Pekerja Rentan", category="atas " + "upaya " * 22
    )
    return [replace(one, design=design) for one in (*plain, wordy)]


@pytest.mark.parametrize(("turn", "look"), list(enumerate(LOOKS)))
def test_the_longest_names_fit_on_every_paper_and_way_of_laying_it(turn: int, look: tuple[Any, Any]) -> None:
    design = Design(frame=FRAMES[turn % 3], orientation=look[0], paper=look[1], room_for_signature=turn % 2 == 0)
    pages = pages_text(next(render_certificates(crowded(design))))
    assert len(pages) == 7
    assert all(tight(samples.LONG_BUSINESS) in tight(page) for page in pages[3:6])
    assert sum("ruang tanda tangan elektronik" in page for page in pages) == (7 if turn % 2 == 0 else 0)


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_they_fit_in_the_letters_of_the_system_as_well(settings: Any, orientation: Any) -> None:
    settings.PAPER_ASSETS = []
    assert len(pages_text(next(render_certificates(crowded(Design(orientation=orientation)))))) == 7


@pytest.mark.parametrize(("frame", "look"), list(product(FRAMES, LOOKS)))
def test_a_frame_is_drawn_to_the_edges_of_its_sheet(frame: Any, look: tuple[Any, Any]) -> None:
    drawn = frame_svg(Design(frame=frame, orientation=look[0], paper=look[1], colour="#1f4e79"))
    width, height = page_size(look[1], look[0])
    assert ElementTree.fromstring(drawn).get("viewBox") == f"0 0 {width} {height}"  # noqa: S314 (our own drawing)
    assert "#1f4e79" in drawn or tint("#1f4e79", 0.55) in drawn
    assert not re.search("pattern|opacity|image|nan", drawn)


def test_an_own_frame_logos_and_a_drawn_signature_are_printed_once_each() -> None:
    import pikepdf

    logo, frame = picture(size=(30, 30), mode="RGBA"), picture(size=(297, 210))
    design = Design(frame="own", background=frame, logos=(logo, picture(size=(40, 20))))
    signed = (replace(samples.SIGNATURES[2], picture=picture(size=(60, 20), mode="RGBA")),)
    many = [replace(samples.certificate(serial=serial), design=design, signatures=signed) for serial in (1, 2)]
    with pikepdf.open(io.BytesIO(next(render_certificates(many)))) as pdf:
        pictures = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
        sizes = sorted(
            (int(one.Width), int(one.Height)) for one in pictures if "/SMask" in one or one.ColorSpace != "/DeviceGray"
        )
        assert sizes == [(30, 30), (40, 20), (60, 20), (297, 210)]
        assert not any(one.get("/Interpolate") for one in pictures)


@pytest.mark.parametrize(
    "wrong", [{"colour": "red"}, {"frame": "own"}, {"background": b"x"}, {"logos": (b"x",) * 4}], ids=str
)
def test_a_design_that_cannot_be_drawn_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"colour|frame|logos"):
        Design(**wrong)


def test_the_style_sheet_knows_every_accent_and_each_can_be_read_on_white() -> None:
    sheet = (OWN_FILES / "certificate.css").read_text()
    assert set(re.findall(r"\.accent-(\w{6})", sheet)) == {colour[1:] for colour in ACCENTS}
    assert all(_contrast_to_white(colour) >= 4.5 for colour in ACCENTS)


def _contrast_to_white(colour: str) -> float:
    """The contrast of WCAG 2, from relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_what_does_not_fit_is_refused_and_never_cut_off() -> None:
    with pytest.raises(CertificateDoesNotFit, match="400"):
        render_certificate(samples.certificate("Nama yang tidak kunjung selesai " * 40))


def test_hostile_words_are_printed_and_fetch_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        reached = HOSTILE.replace("contoh.invalid", f"127.0.0.1:{server.getsockname()[1]}")
        words = dict.fromkeys(("issuing_body", "wording", "award", "edition"), reached)
        pdf = render_certificate(
            replace(samples.certificate(signatures=1), design=Design(orientation="portrait", paper="F4"), **words)
        )
        with pytest.raises(TimeoutError):
            server.accept()
    assert tight("<img src=http://127.0.0.1") in tight(text(pdf)).lower()
    assert PdfReader(io.BytesIO(pdf)).attachments == {}
    assert link_targets(pdf) == []


def test_a_name_of_ten_thousand_letters_is_refused_in_time() -> None:
    began = process_time()
    with pytest.raises(CertificateDoesNotFit):
        render_certificate(samples.certificate("Panjang" * 1429))
    assert process_time() - began < 5


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
