"""A round whose plenary has decided: frozen parts, standings and awards, made from a few totals.

The frozen input is a real document of the open format, so that papers are recomputed from it as in earnest.
"""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging.core import package
from judging.core import rubric as rubrics
from judging.core.policies import NTT_POLICY, titles
from judging.core.policy import Policy
from judging.core.problem import ENGINE, Problem, assemble
from judging.core.scoresheet import Entry, State
from judging.core.tabulation import tabulate
from judging.models import (
    Award,
    CategoryRubric,
    Document,
    DocumentKind,
    Office,
    Plenary,
    PlenaryAttendance,
    Rubric,
    RubricVersion,
    RuleSet,
    Seat,
    Seating,
    Standing,
    Tabulation,
    TabulationPart,
)
from judging.selectors.tabulations import canonical, sha256_of
from judging.services import paper_making as making
from nominees.core.lifecycle import State as RoundState
from nominees.models import Category, Nomination, Round
from paritrana.accounts.models import User
from paritrana.kernel.check_code import new_code
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

TREE = {
    "id": "total",
    "title": "Total",
    "children": [
        {"id": "komitmen", "title": "Komitmen pimpinan", "weight": "60"},
        {"id": "inovasi", "title": "Inovasi", "weight": "40"},
    ],
}
SEATS = tuple(f"unsur-{number}" for number in range(1, 10))


def make_panel(round: Round) -> list[Seat]:
    """Return nine held seats, chair and secretary first."""
    offices = [Office.CHAIR, Office.SECRETARY, *[Office.MEMBER] * 7]
    seats = []
    for position, (code, office) in enumerate(zip(SEATS, offices, strict=True), start=1):
        seat = Seat.objects.create(round=round, code=code, name=f"Unsur {position}", office=office, position=position)
        Seating.objects.create(
            round=round,
            seat=seat,
            user=make_user(),
            name=f"Anggota {position} (contoh)",
            starts_on=date(2025, 1, 1),
            nip="197001011995032001" if position == 1 else "",
        )
        seats.append(seat)
    return seats


def make_tabulation(round: Round, user: User, *, absent: Collection[int] = (), **meeting: Any) -> Tabulation:
    """Return a frozen run without parts, with its rules and a plenary at which all but the seats ``absent`` sat."""
    content = canonical(NTT_POLICY)
    rules = RuleSet.objects.create(
        round=round,
        number=round.rule_sets.count() + 1,
        content=content,
        content_hash=sha256_of(content),
        created_at=AT,
    )
    tabulation = Tabulation.objects.create(
        round=round,
        number=round.tabulations.count() + 1,
        rules=rules,
        engine_version=ENGINE,
        frozen_at=AT,
        frozen_by=user,
    )
    plenary = Plenary.objects.create(
        tabulation=tabulation,
        opened_by=user,
        opened_at=AT,
        place="Aula (contoh)",
        **meeting,
    )
    for seat in round.seats.all():
        there = seat.position not in absent
        PlenaryAttendance.objects.create(plenary=plenary, seat=seat, present=there, name=f"Hadir {seat.position}")
    plenary.confirmed_by, plenary.confirmed_at = user, AT + timedelta(hours=3)
    plenary.countersigned_by, plenary.countersigned_at = make_user(), AT + timedelta(hours=3, minutes=10)
    plenary.save()
    return tabulation


def problem_of(nominations: Sequence[Nomination], marks: Sequence[int], places: int) -> Problem:
    """Return a problem in which every seat gives a nominee the same mark on both criteria."""
    entries = {
        (seat, str(nomination.number)): {leaf: Entry(State.VALUE, Fraction(mark)) for leaf in ("komitmen", "inovasi")}
        for nomination, mark in zip(nominations, marks, strict=True)
        for seat in SEATS
    }
    return assemble(
        rubric=rubrics.from_document(TREE),
        judges=SEATS,
        nominees=[str(nomination.number) for nomination in nominations],
        policy=Policy(tie_break=("by_weight", "chair"), labels=tuple(titles("Terbaik", places))),
        sheets=entries,
        title=nominations[0].category.name,
    )


def decide_category(
    tabulation: Tabulation, category: Category, nominations: Sequence[Nomination], marks: Sequence[int]
) -> list[Award]:
    """Freeze ``category`` with one mark per nomination and award its titled places."""
    problem = problem_of(nominations, marks, category.places)
    result = tabulate(problem)
    stored, answer = canonical(package.document(problem)), canonical(package.answer(result))
    part = TabulationPart.objects.create(
        tabulation=tabulation,
        category=category,
        input=stored,
        input_hash=sha256_of(stored),
        answer=answer,
        answer_hash=sha256_of(answer),
    )
    by_number = {str(nomination.number): nomination for nomination in nominations}
    awards = []
    for position, line in enumerate(result.standings, start=1):
        standing = Standing.objects.create(
            part=part,
            nomination=by_number[line.nominee],
            position=position,
            place=str(line.place),
            score=line.final,
            exact=str(line.exact),
            title=line.title or "",
            is_tied=line.tied,
        )
        if line.title:
            awards.append(
                Award.objects.create(
                    round=category.round,
                    tabulation=tabulation,
                    category=category,
                    nomination=standing.nomination,
                    standing=standing,
                    place=line.place,
                    title=line.title,
                )
            )
    return awards


def use_rubric(category: Category, user: User) -> None:
    """Give ``category`` the sample tree as its rubric."""
    content = canonical(TREE)
    rubric, _ = Rubric.objects.get_or_create(
        round=category.round, code="contoh", defaults={"name": "Rubrik contoh", "is_sample": True}
    )
    version, _ = RubricVersion.objects.get_or_create(
        rubric=rubric,
        number=1,
        defaults={
            "content": content,
            "content_hash": rubrics.content_hash(rubrics.from_document(TREE)),
            "created_by": user,
            "created_at": AT,
            "locked_at": AT,
        },
    )
    CategoryRubric.objects.create(category=category, version=version)


def make_decided_round(
    marks: Sequence[int] = (90, 80, 70),
    *,
    categories: int = 1,
    state: RoundState = RoundState.DECIDED,
    region_code: str = "53",
    is_demo: bool = False,
    absent: Collection[int] = (),
    minutes_number: str = "",
    **fields: Any,
) -> Round:
    """Return a decided round: in each of ``categories`` categories one nominee per mark; ``fields`` of a category."""
    round = make_round(state=state, region_code=region_code, is_demo=is_demo)
    user = make_user()
    make_panel(round)
    tabulation = make_tabulation(round, user, absent=absent, minutes_number=minutes_number)
    number = 0
    for position in range(1, categories + 1):
        category = make_category(round, f"kategori-{position}", position=position, **fields)
        use_rubric(category, user)
        nominations = []
        for _ in marks:
            number += 1
            nominations.append(_nominated(category, number, f"{region_code}.{number:02d}"))
        decide_category(tabulation, category, nominations, marks)
    return round


def _nominated(category: Category, number: int, region_code: str) -> Nomination:
    nomination = make_nomination(category, region_code=region_code)
    nomination.number = number
    nomination.save(update_fields=["number"])
    return nomination


def make_document(
    award: Award, *, user: User | None = None, content: bytes = b"%PDF-1.7 contoh", **fields: Any
) -> Document:
    """Return an issued certificate of ``award`` with ``content`` stored, without rendering anything."""
    digest = hashlib.sha256(content).hexdigest()
    serial = award.round.documents.count() + 1
    return Document.objects.create(
        round=award.round,
        kind=DocumentKind.CERTIFICATE,
        tabulation=award.tabulation,
        award=award,
        serial=serial,
        number=f"{serial:03d}/PARITRANA/NTT/2025",
        title=str(award),
        file=default_storage.save(f"documents/{digest[:32]}.pdf", ContentFile(content)),
        sha256=digest,
        check_code=fields.pop("check_code", new_code()),
        issued_by=user or make_user(),
        issued_at=AT,
        **fields,
    )


def quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make papers of a few bytes: how they are set is tested beside the documents, and once from end to end."""
    for kind, how in making.MADE.items():
        quick = _quick_series if isinstance(how, making.Series) else _quick_sheet
        monkeypatch.setitem(making.MADE, kind, replace(how, render=quick))
    monkeypatch.setattr(making, "render_all", lambda jobs: [render(data) for render, data in jobs])


def _quick_sheet(data: Any) -> bytes:
    return repr(data).encode()


def _quick_series(data: Sequence[Any]) -> Iterator[bytes]:
    return (repr(one).encode() for one in data)
