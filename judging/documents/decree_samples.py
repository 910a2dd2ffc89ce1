"""An invented decree with the longest names that really occur, and every kind of winner."""

from __future__ import annotations

from datetime import date

from .data import Signature
from .decree_data import Decree, WinnerGroup, WinnerLine
from .minutes_samples import CATEGORIES, POOL, SPECIAL
from .samples import DEMO_MARK, EDITION, ISSUING_BODY, LONG_BUSINESS, LONGEST_REGENCY, NAMES

ISSUER = "Gubernur Nusa Tenggara Timur"
SUBJECT = f"Penetapan Penerima {EDITION}"
MINUTES = "Berita Acara Rapat Pleno Tim 9 Nomor 400.14/BA-01/PARITRANA/NTT/2025 tanggal 14 Juli 2025"


def decree() -> Decree:
    """Return a sample decree."""
    return Decree(
        issuing_body=ISSUING_BODY,
        edition=EDITION,
        issuer=ISSUER,
        number="400.14/211/KEP/HK/2025 (contoh)",
        subject=SUBJECT,
        considerations=(
            "bahwa untuk mendorong perluasan perlindungan jaminan sosial ketenagakerjaan perlu diberikan penghargaan "
            "kepada pemerintah daerah, pemerintah desa/kelurahan, dan badan usaha yang berprestasi;",
            f"bahwa Tim 9 telah melaksanakan penilaian dan rapat pleno sebagaimana dituangkan dalam {MINUTES};",
            "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
            f"{ISSUER} tentang {SUBJECT};",
        ),
        legal_basis=(
            "Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional;",
            "Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial;",
            "Instruksi Presiden Nomor 2 Tahun 2021 tentang Optimalisasi Pelaksanaan Program Jaminan Sosial "
            "Ketenagakerjaan;",
        ),
        observations=(f"{MINUTES}.",),
        clauses=(
            f"Menetapkan penerima {EDITION} sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak "
            "terpisahkan dari Keputusan ini.",
            "Kepada penerima sebagaimana dimaksud dalam diktum KESATU diberikan piagam penghargaan.",
            "Biaya yang timbul sebagai akibat ditetapkannya Keputusan ini dibebankan pada anggaran penyelenggara.",
            "Apabila di kemudian hari terdapat kekeliruan dalam Keputusan ini, akan diadakan perbaikan sebagaimana "
            "mestinya.",
            "Keputusan ini mulai berlaku pada tanggal ditetapkan.",
        ),
        place="Kupang",
        day=date(2025, 7, 18),
        signature=Signature(office=ISSUER, name="Maria Goreti Lake (contoh)"),
        groups=(*(_group(index) for index in range(len(CATEGORIES))), _pool()),
        specials=(WinnerLine(title=SPECIAL.title, recipient=SPECIAL.recipient, region="Provinsi Nusa Tenggara Timur"),),
        copies=(
            "Menteri Koordinator Bidang Pembangunan Manusia dan Kebudayaan di Jakarta;",
            "Direktur Utama BPJS Ketenagakerjaan di Jakarta;",
            "Yang bersangkutan untuk diketahui dan dilaksanakan sebagaimana mestinya.",
        ),
        created=date(2025, 7, 18),
        demo_mark=DEMO_MARK,
    )


def _group(index: int) -> WinnerGroup:
    names = [name for name, _ in NAMES[:3]] if index < 3 else [LONG_BUSINESS, "PT Cahaya Flobamora (contoh)"]
    region = "Provinsi Nusa Tenggara Timur" if index == 0 else LONGEST_REGENCY
    lines = tuple(
        WinnerLine(title=f"Terbaik {'I' * place}", recipient=name, region=region)
        for place, name in enumerate(names, start=1)
    )
    return WinnerGroup(name=CATEGORIES[index], lines=lines)


def _pool() -> WinnerGroup:
    line = WinnerLine(title="Terbaik I", recipient=LONG_BUSINESS, region=LONGEST_REGENCY)
    return WinnerGroup(name=POOL, lines=(line,))
