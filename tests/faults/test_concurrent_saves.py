"""Saves at the same moment, by threads with connections of their own: nothing is lost, doubled or overwritten unseen.

``SAVES=2500`` in the environment has each editor save that often, more than a run of all tests needs.
"""

import json
import os
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from judging.models import (
    SaveReceipt,
    Sheet,
    SheetState,
    SheetVersion,
)
from judging.selectors.sheets import address_of
from judging.services.scores import (
    RequestKeyInUse,
    SheetAlreadySubmitted,
    SheetChangedMeanwhile,
    save_draft,
    submit_sheet,
)
from nominees.core.lifecycle import State
from nominees.models import Nomination
from paritrana.accounts.models import User
from paritrana.audit.chain import first_break
from paritrana.audit.models import AuditEvent, AuditHead
from paritrana.audit.record import as_dict
from paritrana.kernel.errors import DomainError
from tests.factories.sheets import WHOLE, holder, make_panel, make_rubric
from tests.factories.world import AT, make_category, make_nomination, make_round

from .racing import race

pytestmark = pytest.mark.usefixtures("shared_database")

SAVES = int(os.environ.get("SAVES", "12"))
Answers = list[SaveReceipt | DomainError]


@pytest.fixture
def member() -> User:
    return holder(make_panel(make_scoring_round(), 1)[0])


def make_scoring_round() -> Any:
    round = make_round(state=State.SCORING)
    make_rubric(make_category(round))
    return round


def nominate(user: User, region_code: str = "53.01") -> Nomination:
    return make_nomination(user.seatings.get().round.categories.get(), region_code=region_code)


def save(
    user: User, nomination: Nomination, mark: str, expected: int, key: str, *, submit: bool = False
) -> SaveReceipt:
    act: Callable[..., SaveReceipt] = submit_sheet if submit else save_draft
    return act(
        address=address_of(nomination),
        entries=WHOLE | {"komitmen": mark},
        expected_revision=expected,
        request_key=f"kunci-{key:0>8}",
        actor=user,
        at=AT,
    )


def split(answers: Answers) -> tuple[list[SaveReceipt], list[DomainError]]:
    receipts = [each for each in answers if isinstance(each, SaveReceipt)]
    return receipts, [each for each in answers if isinstance(each, DomainError)]


def mark_of(cells: dict[str, Any]) -> str:
    return str(cells["komitmen"]["value"])


def stored_mark(sheet: Sheet) -> str:
    return mark_of(json.loads(SheetVersion.objects.get(sheet=sheet).entries))


def assert_log_holds(saves: int) -> None:
    """The chain of each round is whole and tells of every save that was answered."""
    for head in AuditHead.objects.all():
        events = [as_dict(event) for event in AuditEvent.objects.filter(chain=head.chain).order_by("seq")]
        assert first_break(head.chain, events, (head.seq, head.hash)) is None
    assert AuditEvent.objects.filter(action__startswith="sheet.").count() == saves == SaveReceipt.objects.count()


def test_nine_members_at_their_own_sheets_lose_nothing() -> None:
    seats = make_panel(make_scoring_round(), 9)
    nomination = nominate(holder(seats[0]))

    def fill(user: User) -> list[SaveReceipt]:
        return [save(user, nomination, str(turn), turn, f"{user.pk}-{turn}") for turn in range(SAVES)]

    answers = race([partial(fill, holder(seat)) for seat in seats])
    assert [[receipt.revision for receipt in each] for each in answers] == [list(range(1, SAVES + 1))] * 9  # type: ignore[union-attr]
    assert {(sheet.revision, stored_mark(sheet)) for sheet in Sheet.objects.all()} == {(SAVES, str(SAVES - 1))}
    assert_log_holds(9 * SAVES)


@pytest.mark.parametrize("editors", [2, 5, 9])
def test_editors_of_one_sheet_never_overwrite_what_they_have_not_seen(member: User, editors: int) -> None:
    nomination = nominate(member)

    def edit(editor: int) -> tuple[dict[int, str], list[tuple[str, SheetChangedMeanwhile]]]:
        """Save again and again; after a refusal from what it showed. Marks by revision, refusals by mark."""
        seen, saved, refused = 0, {}, []
        for turn in range(SAVES):
            mark = f"{editor}.{turn:04d}5"  # nobody else's, and written as it is stored
            try:
                seen = save(member, nomination, mark, seen, f"{editor}-{turn}").revision
                saved[seen] = mark
            except SheetChangedMeanwhile as refusal:
                refused.append((mark, refusal))
                seen = refusal.facts["revision"]
        return saved, refused

    found: list[Any] = race([partial(edit, editor) for editor in range(editors)])
    marks = {revision: mark for saved, _ in found for revision, mark in saved.items()}
    answered = sum(len(saved) for saved, _ in found)
    assert sorted(marks) == list(range(1, answered + 1)), "each answer is the next revision, and one save's alone"
    for mark, refusal in [each for _, refused in found for each in refused]:
        assert refusal.facts["sent"]["komitmen"] == mark
        assert mark_of(refusal.facts["stored"]) == marks[refusal.facts["revision"]]
    sheet = Sheet.objects.get()
    assert (sheet.revision, stored_mark(sheet)) == (answered, marks[answered])
    assert_log_holds(answered)
    print(f"{editors} editors, {answered} answered, {sum(len(refused) for _, refused in found)} refused")  # noqa: T201


def test_of_nine_first_saves_one_makes_the_sheet_and_the_others_see_it(member: User) -> None:
    nomination = nominate(member)
    receipts, refusals = split(
        race([partial(save, member, nomination, str(mark), 0, f"erste-{mark}") for mark in range(9)])
    )
    assert [receipt.revision for receipt in receipts] == [1]
    sheet = Sheet.objects.get()
    assert [(refusal.code, refusal.facts["revision"]) for refusal in refusals] == [("sheet_changed_meanwhile", 1)] * 8
    assert {mark_of(refusal.facts["stored"]) for refusal in refusals} == {stored_mark(sheet)}
    assert_log_holds(1)


@pytest.mark.parametrize("begun", [False, True])
def test_a_request_racing_with_itself_is_done_once_and_answered_alike(member: User, begun: bool) -> None:
    nomination = nominate(member)
    if begun:
        save(member, nomination, "1", 0, "vorher")
    answers = race([partial(save, member, nomination, "3", int(begun), "dieselbe") for _ in range(6)])
    receipts, refusals = split(answers)
    assert refusals == []
    assert {(receipt.revision, receipt.content_hash) for receipt in receipts} == {
        (1 + begun, SheetVersion.objects.get().content_hash)
    }
    assert Sheet.objects.get().revision == 1 + begun
    assert_log_holds(1 + begun)


def test_one_key_with_other_marks_at_once_is_done_for_one_and_shown_to_the_others(member: User) -> None:
    nomination = nominate(member)
    answers = race([partial(save, member, nomination, str(mark), 0, "dieselbe") for mark in range(5)])
    receipts, refusals = split(answers)
    assert (len(receipts), {type(refusal) for refusal in refusals}) == (1, {SheetChangedMeanwhile})
    stored = stored_mark(Sheet.objects.get())
    assert stored == str(answers.index(receipts[0]))
    assert {mark_of(refusal.facts["stored"]) for refusal in refusals} == {stored}
    assert_log_holds(1)


def test_one_key_on_two_sheets_at_once_is_refused_on_one(member: User) -> None:
    both = [nominate(member, "53.01"), nominate(member, "53.02")]
    for turn in range(5):
        answers = race([partial(save, member, one, str(turn), turn, f"zweimal-{turn}") for one in both])
        receipts, refusals = split(answers)
        assert (len(receipts), [type(refusal) for refusal in refusals]) == (1, [RequestKeyInUse])
        left = both[answers.index(refusals[0])]
        save(member, left, str(turn), turn, f"allein-{turn}")
    assert_log_holds(10)


@pytest.mark.parametrize("turn", range(2))
def test_submitting_and_saving_at_once_leave_one_of_both(member: User, turn: int) -> None:
    nomination = nominate(member)
    save(member, nomination, "1", 0, "vorher")
    acts = [
        partial(save, member, nomination, "2", 1, "abgeben", submit=True),
        partial(save, member, nomination, "3", 1, "speichern"),
    ]
    answers = race(acts[:: -1 if turn % 2 else 1])
    receipts, refusals = split(answers)
    sheet = Sheet.objects.get()
    assert (len(receipts), sheet.revision) == (1, 2)
    if receipts[0].submitted:
        assert (sheet.state, stored_mark(sheet)) == (SheetState.SUBMITTED, "2")
        assert [type(refusal) for refusal in refusals] == [SheetAlreadySubmitted]
    else:
        assert (sheet.state, stored_mark(sheet)) == (SheetState.DRAFT, "3")
        assert [type(refusal) for refusal in refusals] == [SheetChangedMeanwhile]
    assert_log_holds(2)
