"""The words of a decree: what the secretariat wrote, and examples in the usual form where it wrote nothing."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from judging.models import DecreeText, Document, DocumentKind, Plenary
from nominees.models import Round
from paritrana.kernel import wording

from .common import edition_title

#: Stands where the minutes have no number yet.
OPEN_NUMBER: Final = "…………"
LEGAL_BASIS: Final = (
    "Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional;",
    "Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial;",
    "Instruksi Presiden Nomor 2 Tahun 2021 tentang Optimalisasi Pelaksanaan Program Jaminan Sosial Ketenagakerjaan;",
)
COPIES: Final = (
    "Menteri Koordinator Bidang Pembangunan Manusia dan Kebudayaan di Jakarta;",
    "Direktur Utama BPJS Ketenagakerjaan di Jakarta;",
    "Yang bersangkutan untuk diketahui dan dilaksanakan sebagaimana mestinya.",
)


@dataclass(frozen=True, slots=True)
class DecreeWords:
    """Every field of ``DecreeText`` as it is printed; lists have one entry a line."""

    number: str = ""
    issuer: str = ""
    subject: str = ""
    considerations: str = ""
    legal_basis: str = ""
    observations: str = ""
    provisions: str = ""
    place: str = ""
    signed_on: date | None = None
    signer_office: str = ""
    signer_name: str = ""
    signer_note: str = ""
    copies: str = ""


NAMES: Final = tuple(field.name for field in fields(DecreeWords))
#: What the office that signs gives, and nobody makes up. The office itself is named by the example at least.
GIVEN: Final = ("number", "signed_on", "signer_name")


def lines_of(text: str) -> tuple[str, ...]:
    """Return the entries of a list field: its lines that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def lacking(words: DecreeWords) -> tuple[str, ...]:
    """Return the fields of what was written that are still empty and only the office that signs can give."""
    return tuple(name for name in GIVEN if not getattr(words, name))


def written_words(round: Round) -> DecreeWords:
    """Return what the secretariat wrote; empty where it wrote nothing. One query."""
    row = DecreeText.objects.filter(round=round).values(*NAMES).first()
    return DecreeWords(**row) if row else DecreeWords()


def example_words(round: Round, written: DecreeWords | None = None) -> DecreeWords:
    """Return the examples of ``round``; texts that name the issuer or the subject take what was ``written``. 2 queries.

    They are proposals in the usual form of a keputusan: the legal text is the secretariat's.
    """
    issuer = (written and written.issuer) or _issuer(round)
    subject = (written and written.subject) or f"Penetapan Penerima {edition_title(round)}"
    minutes = _minutes(round)
    considerations = (
        "bahwa untuk mendorong perluasan perlindungan jaminan sosial ketenagakerjaan perlu diberikan penghargaan "
        "kepada pemerintah daerah, pemerintah desa/kelurahan, dan badan usaha yang berprestasi;",
        f"bahwa {round.panel_name} telah melaksanakan penilaian dan rapat pleno sebagaimana dituangkan dalam "
        f"{minutes};",
        "bahwa berdasarkan pertimbangan sebagaimana dimaksud dalam huruf a dan huruf b, perlu menetapkan Keputusan "
        f"{issuer} tentang {subject};",
    )
    return DecreeWords(
        issuer=issuer,
        subject=subject,
        considerations="\n".join(considerations),
        legal_basis="\n".join(LEGAL_BASIS),
        observations=f"{minutes}.",
        place=round.city,
        signed_on=None,
        signer_office=issuer,
        copies="\n".join(COPIES),
    )


def decree_words(round: Round, written: DecreeWords | None = None) -> DecreeWords:
    """Return what is printed: what was ``written`` (by default, what is kept), else the examples. Three queries."""
    written = written or written_words(round)
    examples = example_words(round, written)
    told = {name: getattr(written, name) or getattr(examples, name) for name in NAMES}
    return DecreeWords(**told)


def without_examples(round: Round, given: DecreeWords) -> DecreeWords:
    """Return ``given`` with an empty text wherever it only repeats the example, so that examples follow the facts."""
    plain = example_words(round)
    examples = example_words(round, given)
    own = replace(examples, issuer=plain.issuer, subject=plain.subject)
    repeated = {name: "" for name in NAMES if _same(getattr(given, name), getattr(own, name))}
    return replace(given, **repeated)  # type: ignore[arg-type] # only texts are repeated


def _same(one: object, other: object) -> bool:
    return isinstance(one, str) and isinstance(other, str) and lines_of(one) == lines_of(other)


def _issuer(round: Round) -> str:
    return f"Gubernur {round.region.name}" if round.region else "Ketua Panitia Nasional Paritrana Award"


def _minutes(round: Round) -> str:
    """The minutes as they are cited: those that stand, else those that the plenary numbered."""
    issued = (
        Document.objects.filter(round=round, kind=DocumentKind.MINUTES, revoked_at=None).order_by("-serial").first()
    )
    plenary = Plenary.objects.filter(tabulation__round=round, tabulation__superseded_at=None).first()
    number = issued.number if issued else (plenary.minutes_number if plenary else "")
    day = wording.long_date(wording.local_day(plenary.opened_at, round.time_zone)) if plenary else OPEN_NUMBER
    return f"Berita Acara Rapat Pleno {round.panel_name} Nomor {number or OPEN_NUMBER} tanggal {day}"
