"""From drafts to bytes: of which data each kind of paper is made, and what renders it.

Certificates are laid out many at a time; every other paper is a job of its own. Only reading: nothing is stored here.
What reads firmness loads numpy, 16 MB that a worker needs for certificates: it is imported when it is asked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet

from judging.documents.amendment import render_amendment
from judging.documents.batch import render_all
from judging.documents.certificate import render_certificate_files
from judging.documents.decree import render_decree
from judging.documents.explanation_sheet import render_explanation_sheets
from judging.documents.minutes import render_minutes
from judging.documents.ranking_sheet import render_ranking_sheet
from judging.documents.ranking_workbook import render_ranking_workbook
from judging.documents.winner_letter import render_winner_letters
from judging.models import CertificateUse, DocumentKind, TabulationPart
from judging.selectors.awards import awards_in_force, special_awards_in_force
from judging.selectors.paper_subjects import corrections_of
from judging.selectors.papers.amendments import amendment_data
from judging.selectors.papers.certificates import (
    certificate_maker,
    day_of_certificates,
    panel_who_served,
    participants,
)
from judging.selectors.papers.decree import decree_data
from judging.selectors.papers.winner_letters import winner_letter_maker
from nominees.models import Round
from paritrana.kernel.check_code import grouped
from paritrana.kernel.wording import local_day

from .paper_drafts import Draft, Plan

Bytes = Iterator[tuple[Draft, bytes]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one paper of a kind is made: its data from the plan and its draft, then its bytes from the data."""

    data: Callable[[Plan, Draft], Any]
    render: Callable[[Any], bytes]
    suffix: str = "pdf"


@dataclass(frozen=True, slots=True)
class Series:
    """How papers of a kind are made many at a time: data of all of them, then the bytes of each, in their order."""

    data: Callable[[Plan, Sequence[Draft]], list[Any]]
    render: Callable[[Sequence[Any]], Iterator[bytes]]
    suffix: str = "pdf"


def check_address(code: str) -> str:
    """Return the public address of a check code, as the QR code holds it.

    Written out, and compared with the page's own by a test: asking for it would load every page of the product into a
    worker, 17 MB that a batch of certificates needs.
    """
    address: str = settings.PUBLIC_ADDRESS.rstrip("/")
    return f"{address}/cek/{grouped(code)}/"


def _part(plan: Plan, draft: Draft) -> TabulationPart:
    subject = draft.wanted.subject
    found: TabulationPart = plan.tabulation.parts.get(**{f"{subject.about}_id": subject.pk})
    return found


def _certificates(use: str, subjects: Callable[[Round], Iterable[Any]]) -> Series:
    """How certificates of ``use`` are made; ``subjects`` reads what they are about."""

    def data(plan: Plan, drafts: Sequence[Draft]) -> list[Any]:
        found = _read(subjects(plan.round), drafts)
        make = certificate_maker(plan.round, day_of_certificates(plan.round, _day(plan)), use)
        return [make(found[one.wanted.subject.pk], one.number, one.code, check_address(one.code)) for one in drafts]

    return Series(data, render_certificate_files)


def _read(subjects: Iterable[Any], drafts: Sequence[Draft]) -> dict[int, Any]:
    """What ``drafts`` are about, by id; of a query, nothing else is loaded."""
    wanted = {draft.wanted.subject.pk for draft in drafts}
    found = subjects.filter(pk__in=wanted) if isinstance(subjects, QuerySet) else subjects
    return {one.pk: one for one in found if one.pk in wanted}


def _letters(plan: Plan, drafts: Sequence[Draft]) -> list[Any]:
    awards = _read(awards_in_force(plan.round), drafts)
    make = winner_letter_maker(plan.round, plan.tabulation, _day(plan))
    return [make(awards[one.wanted.subject.pk], one.number, one.code, check_address(one.code)) for one in drafts]


def _amendment(plan: Plan, draft: Draft) -> Any:
    correction = corrections_of(plan.tabulation).get(pk=draft.wanted.subject.pk)
    return amendment_data(correction, draft.number, plan.at)


def _explanations(plan: Plan, draft: Draft) -> Any:
    from judging.selectors.papers.explanation import explanation_sheets_data

    return explanation_sheets_data(plan.tabulation, _part(plan, draft), draft.number, plan.at)


def _ranking(plan: Plan, draft: Draft) -> Any:
    from judging.selectors.papers.ranking import ranking_sheet_data

    return ranking_sheet_data(plan.tabulation, _part(plan, draft), draft.number, plan.at)


def _minutes(plan: Plan, draft: Draft) -> Any:
    from judging.selectors.papers.minutes import minutes_data

    return minutes_data(plan.tabulation, draft.number, plan.at)


def _workbook(plan: Plan, draft: Draft) -> Any:
    from judging.selectors.papers.workbook import workbook_data

    return workbook_data(plan.tabulation, draft.number, plan.at)


def _day(plan: Plan) -> date:
    return local_day(plan.at, plan.round.time_zone)


#: How each kind is made.
MADE: Final[dict[str, Sheet | Series]] = {
    DocumentKind.CERTIFICATE: _certificates(CertificateUse.AWARD, awards_in_force),
    DocumentKind.SPECIAL_CERTIFICATE: _certificates(CertificateUse.SPECIAL, special_awards_in_force),
    DocumentKind.PARTICIPATION: _certificates(CertificateUse.PARTICIPATION, participants),
    DocumentKind.PANEL_CERTIFICATE: _certificates(CertificateUse.PANEL, panel_who_served),
    DocumentKind.WINNER_LETTER: Series(_letters, render_winner_letters),
    DocumentKind.EXPLANATION_SHEETS: Sheet(_explanations, render_explanation_sheets),
    DocumentKind.RANKING_SHEET: Sheet(_ranking, render_ranking_sheet),
    DocumentKind.MINUTES: Sheet(_minutes, render_minutes),
    DocumentKind.DECREE: Sheet(lambda plan, draft: decree_data(plan.tabulation, draft.number, plan.at), render_decree),
    DocumentKind.AMENDMENT: Sheet(_amendment, render_amendment),
    DocumentKind.RANKING_WORKBOOK: Sheet(_workbook, render_ranking_workbook, "xlsx"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """All data that the papers of a plan are made of: no database is asked after this."""

    series: tuple[tuple[Series, list[Draft], list[Any]], ...]
    sheets: tuple[tuple[Sheet, Draft, Any], ...]


def collected(plan: Plan) -> Work:
    """Read the data of every draft of ``plan``."""
    series, sheets = [], []
    for kind in dict.fromkeys(draft.wanted.subject.kind for draft in plan.drafts):
        how, drafts = MADE[kind], [draft for draft in plan.drafts if draft.wanted.subject.kind == kind]
        if isinstance(how, Series):
            series.append((how, drafts, how.data(plan, drafts)))
        else:
            sheets += [(how, draft, how.data(plan, draft)) for draft in drafts]
    return Work(tuple(series), tuple(sheets))


def made(work: Work) -> Bytes:
    """Yield each draft of ``work`` with its bytes, certificates first. Pure: it may run in a thread of its own."""
    for series, drafts, data in work.series:
        yield from zip(drafts, series.render(data), strict=True)
    drafts = [draft for _, draft, _ in work.sheets]
    yield from zip(drafts, render_all([(sheet.render, data) for sheet, _, data in work.sheets]), strict=True)
