"""The data of the decree: its words, and the winners in its annex."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from judging.documents.data import Signature
from judging.documents.decree_data import Decree, WinnerGroup, WinnerLine
from judging.models import Tabulation
from judging.selectors.awards import special_awards_of
from judging.selectors.decided import PartStandings
from judging.selectors.standings import final_standings
from nominees.models import Kind, Nomination, Round
from paritrana.kernel import wording

from .common import category_title, demo_mark, edition_title, issuing_body, origin
from .decree_words import DecreeWords, decree_words, lines_of

DRAFT: Final = "DRAF"
OPEN_NUMBER: Final = "………………"
CORRECTION: Final = (
    "Apabila di kemudian hari terdapat kekeliruan dalam Keputusan ini, akan diadakan perbaikan sebagaimana mestinya."
)
EFFECT: Final = "Keputusan ini mulai berlaku pada tanggal ditetapkan."


def decree_data(
    tabulation: Tabulation, number: str, at: datetime, *, is_draft: bool = False, written: DecreeWords | None = None
) -> Decree:
    """Return the data of the decree on the decided result; a draft is marked as one on every page.

    ``number`` is that under which the paper is registered; the decree's own is the office's that signs, and left open
    until that gave it. ``written``: words that are not kept yet, for a preview.
    """
    round = tabulation.round
    words = decree_words(round, written)
    found = final_standings(tabulation)
    return Decree(
        issuing_body=issuing_body(round),
        edition=edition_title(round),
        issuer=words.issuer,
        number=words.number or OPEN_NUMBER,
        registered=number if number != words.number else "",
        subject=words.subject,
        considerations=lines_of(words.considerations),
        legal_basis=lines_of(words.legal_basis),
        observations=lines_of(words.observations),
        clauses=clauses(words, round),
        place=words.place,
        day=words.signed_on,
        signature=Signature(office=words.signer_office, name=words.signer_name, note=words.signer_note),
        groups=tuple(group for part in found.parts for group in _groups(part)),
        specials=tuple(
            WinnerLine(
                title=one.title,
                recipient=one.recipient,
                region=_region(one.nomination) if one.nomination else "",
            )
            for one in special_awards_of(tabulation.plenary)
        ),
        copies=lines_of(words.copies),
        created=wording.local_day(at, round.time_zone),
        demo_mark=draft_mark(round) if is_draft else demo_mark(round),
    )


def draft_mark(round: Round, word: str = DRAFT) -> str:
    """Return the mark of a paper that is only looked at: "DRAF", in a demo edition "DRAF CONTOH"."""
    return " ".join(filter(None, (word, demo_mark(round).partition(":")[0])))


def clauses(words: DecreeWords, round: Round) -> tuple[str, ...]:
    """Return the clauses: the annex, its reward, what the secretariat adds, the correction of mistakes, the effect."""
    annex = (
        f"Menetapkan penerima {edition_title(round)} sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak "
        "terpisahkan dari Keputusan ini."
    )
    reward = "Kepada penerima sebagaimana dimaksud dalam diktum KESATU diberikan piagam penghargaan."
    return (annex, reward, *lines_of(words.provisions), CORRECTION, EFFECT)


def _groups(part: PartStandings) -> Iterable[WinnerGroup]:
    """The titled places of a category or pool; nothing where nobody holds one."""
    lines = tuple(
        WinnerLine(title=line.title, recipient=str(line.nomination), region=_region(line.nomination))
        for line in part.ranked
        if line.title
    )
    if lines:
        yield WinnerGroup(name=category_title(part.name), lines=lines)


def _region(nomination: Nomination) -> str:
    """Where a winner belongs; for a government the region above it."""
    region = nomination.nominee.region
    if nomination.nominee.kind == Kind.GOVERNMENT:
        return region.parent.full_name if region.parent else ""
    return origin(nomination)
