"""Evidence of a few nominees of the demo: a page each, made here, and an address that leads nowhere."""

from collections.abc import Sequence
from datetime import datetime

from nominees.models import Nomination
from nominees.services.evidence import Sent, add_evidence_files, add_evidence_link
from paritrana.accounts.models import User

#: A criterion of every sample rubric.
CRITERION = "inovasi"
LINK = "https://paritrana.example/peraturan-contoh"


def bring_samples(nominations: Sequence[Nomination], secretariat: User, at: datetime) -> None:
    """Bring a file and a link forward for each of ``nominations``, while nominations are open."""
    for nomination in nominations:
        lines = ("Ringkasan program perlindungan pekerja (contoh)", str(nomination), "Isi berkas ini karangan.")
        file = Sent("ringkasan.pdf", one_page(lines), "Ringkasan program (contoh)")
        add_evidence_files(nomination=nomination, files=[file], criterion=CRITERION, actor=secretariat, at=at)
        add_evidence_link(
            nomination=nomination, title="Peraturan daerah (contoh)", address=LINK, actor=secretariat, at=at
        )


def one_page(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with ``lines`` on it; letters beyond Latin-1 become question marks."""
    shown = (line.encode("latin-1", "replace").decode("latin-1") for line in lines)
    escaped = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in shown)
    text = "BT /F 14 Tf 60 760 Td 24 TL " + " T* ".join(f"({line}) Tj" for line in escaped) + " ET"
    parts = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    )
    page, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(page))
        page += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    count = len(parts) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(page)}\n%%EOF\n"
    return f"{page}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("latin-1")
