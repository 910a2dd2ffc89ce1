"""Batches of papers: asked for, worked through, stopped, lost, gone on with; what fails is left out and told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django_tasks import default_task_backend

from judging.documents.certificate import CertificateDoesNotFit
from judging.models import Document, DocumentKind, ItemState, PrintBatch, PrintState
from judging.selectors.documents import papers_of, stored_bytes
from judging.selectors.paper_subjects import Subject
from judging.selectors.print_batches import LEASE, is_unattended, progress_of, seconds_left, state_of
from judging.services import paper_making as making
from judging.services import print_batch_work as work
from judging.services import print_batches as services
from judging.services.documents import issue_certificates, revoke_document
from judging.services.paper_drafts import NothingDecided, Plan
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.background import leaving
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round, quick_papers
from tests.factories.print_batches import make_batch
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
LATER = AT + LEASE + timedelta(seconds=1)
TOO_LONG = "53.02"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    quick_papers(monkeypatch)
    monkeypatch.setattr(work, "PORTION", 2)
    monkeypatch.setattr(work, "TICK", 0.001)
    default_task_backend.clear()
    yield
    leaving.clear()


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70), categories=2)


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def subjects(round: Round, kind: str = DocumentKind.CERTIFICATE) -> list[Subject]:
    return [row.subject for row in papers_of(round) if row.kind == kind]


def start(round: Round, actor: User, **fields: Any) -> PrintBatch:
    given = {"subjects": subjects(round), "at": AT} | fields
    return services.start_batch(round=round, actor=actor, **given)


def run(batch: PrintBatch) -> PrintBatch:
    work.run_batch(batch.pk, now=lambda: AT)
    batch.refresh_from_db()
    return batch


def files() -> set[str]:
    try:
        return set(default_storage.listdir("documents/2024")[1])
    except FileNotFoundError:
        return set()


def refuse(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let certificates of these nominees be too long for their page."""
    usual = making.MADE[DocumentKind.CERTIFICATE]

    def render(data: Any) -> Iterator[bytes]:
        if any(name in repr(one) for one in data for name in names):
            raise CertificateDoesNotFit(names)
        return usual.render(data)

    monkeypatch.setitem(making.MADE, DocumentKind.CERTIFICATE, making.Series(usual.data, render))


def test_a_batch_issues_what_was_chosen_and_leaves_its_events(round: Round, organiser: User) -> None:
    before = files()

    batch = run(start(round, organiser))

    documents = list(Document.objects.order_by("serial"))
    assert (batch.state, batch.attempt, batch.ended_at) == (PrintState.DONE, 1, AT)
    assert [one.serial for one in documents] == [1, 2, 3, 4, 5, 6]
    assert all(one.issued_by == organiser and stored_bytes(one) for one in documents)
    assert [one.document for one in batch.items.order_by("position")] == documents
    assert set(batch.items.values_list("state", "file", "error")) == {(ItemState.DONE, "", "")}
    assert len(files() - before) == 6
    actions = list(AuditEvent.objects.order_by("seq").values_list("action", flat=True))
    assert actions == ["print_batch.asked", *["document.issued"] * 6, "print_batch.ended"]


def test_a_task_that_was_asked_for_twice_is_done_once(round: Round, organiser: User) -> None:
    batch = start(round, organiser)
    services.take_up_batches(at=AT)

    assert [result.kwargs for result in default_task_backend.results] == [{"batch": batch.pk}] * 2
    run(batch)
    run(batch)
    assert (Document.objects.count(), batch.attempt) == (6, 1)


def test_papers_of_every_kind_go_into_one_batch(round: Round, organiser: User) -> None:
    wanted = [row.subject for row in papers_of(round)]

    batch = run(start(round, organiser, subjects=wanted))

    assert batch.state == PrintState.DONE
    assert {(one.kind, one.title) for one in Document.objects.all()} == {
        (row.kind, row.title) for row in papers_of(round)
    }


def test_what_fails_is_left_out_without_a_gap_and_tried_again_alone(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        refuse(patch, TOO_LONG)
        batch = run(start(round, organiser))
    issued = list(Document.objects.order_by("serial"))
    assert batch.state == PrintState.DONE
    assert [one.serial for one in issued] == [1, 2, 3, 4, 5]
    failed = batch.items.get(state=ItemState.FAILED)
    assert (failed.error, failed.document, failed.file) == ("certificate_does_not_fit", None, "")

    services.retry_failed(batch=batch, actor=organiser, at=AT)
    run(batch)

    failed.refresh_from_db()
    assert (failed.state, failed.document and failed.document.serial) == (ItemState.DONE, 6)
    assert list(Document.objects.order_by("serial"))[:5] == issued
    with pytest.raises(services.NothingLeftToPrint):
        services.retry_failed(batch=batch, actor=organiser, at=AT)


def test_an_error_that_nobody_foresaw_is_kept_by_its_paper(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(making.MADE, DocumentKind.MINUTES, making.Sheet(lambda *_: 1 / 0, lambda _: b""))

    batch = run(start(round, organiser, subjects=subjects(round, DocumentKind.MINUTES)))

    assert list(batch.items.values_list("state", "error")) == [(ItemState.FAILED, "paper_failed")]


def test_a_batch_stops_after_a_portion_and_goes_on_later(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = start(round, organiser)
    settle = work.settle

    def settle_and_stop(*given: Any) -> None:
        settle(*given)
        PrintBatch.objects.update(stop_asked_at=AT)

    with monkeypatch.context() as patch:
        patch.setattr(work, "settle", settle_and_stop)
        run(batch)
    assert (batch.state, Document.objects.count()) == (PrintState.STOPPED, 2)
    assert progress_of(batch).left == 4

    services.resume_batch(batch=batch, actor=organiser, at=AT)
    run(batch)

    assert (batch.state, Document.objects.count(), batch.attempt) == (PrintState.DONE, 6, 2)
    with pytest.raises(services.PrintingIsOver):
        services.stop_batch(batch=batch, actor=organiser, at=AT)
    with pytest.raises(services.NothingLeftToPrint):
        services.resume_batch(batch=batch, actor=organiser, at=AT)


def test_a_batch_that_waits_is_stopped_at_once(round: Round, organiser: User) -> None:
    batch = services.stop_batch(batch=start(round, organiser), actor=organiser, at=AT)

    assert (run(batch).state, Document.objects.count()) == (PrintState.STOPPED, 0)
    assert AuditEvent.objects.filter(action="print_batch.stopped").count() == 1


def test_a_worker_that_is_to_leave_gives_the_rest_back(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = start(round, organiser)
    settle = work.settle

    def settle_and_leave(*given: Any) -> None:
        settle(*given)
        leaving.set()

    with monkeypatch.context() as patch:
        patch.setattr(work, "settle", settle_and_leave)
        run(batch)
    assert (batch.state, Document.objects.count()) == (PrintState.WAITING, 2)

    leaving.clear()
    assert (run(batch).state, Document.objects.count()) == (PrintState.DONE, 6)


def test_a_lost_batch_goes_back_to_the_queue_and_its_worker_writes_nothing_more(round: Round, organiser: User) -> None:
    batch = start(round, organiser)
    turn = work.begin(batch=batch.pk, at=AT)
    assert turn is not None
    stray = default_storage.save("documents/2024/tersesat.pdf", default_storage.open(_some_file()))
    work.announce(turn=turn, names={turn.items.get(position=1): stray})
    assert state_of(turn, at=AT) == PrintState.RUNNING
    assert services.sweep_batches(at=AT) == 0

    assert services.sweep_batches(at=LATER) == 1
    for late in (lambda: work.beat(turn=turn, at=LATER), lambda: work.finish(turn=turn, at=LATER)):
        with pytest.raises(work.BatchGivenUp):
            late()
    run(batch)

    assert (batch.state, batch.attempt, Document.objects.count()) == (PrintState.DONE, 2, 6)
    assert not default_storage.exists(stray)


def _some_file() -> str:
    from django.core.files.base import ContentFile

    return default_storage.save("documents/2024/asal.pdf", ContentFile(b"%PDF"))


def test_a_stopped_batch_that_was_lost_stays_stopped(round: Round, organiser: User) -> None:
    batch = start(round, organiser)
    work.begin(batch=batch.pk, at=AT)
    services.stop_batch(batch=batch, actor=organiser, at=AT)

    assert services.sweep_batches(at=LATER) == 1
    batch.refresh_from_db()
    assert batch.state == PrintState.STOPPED


def test_two_workers_never_have_the_same_batch(round: Round, organiser: User) -> None:
    batch = start(round, organiser)

    assert work.begin(batch=batch.pk, at=AT) is not None
    assert work.begin(batch=batch.pk, at=AT) is None


def test_papers_issued_by_hand_meanwhile_are_taken_as_they_are(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = work.collected

    def collected(plan: Plan) -> making.Work:
        monkeypatch.setattr(work, "collected", usual)
        issue_certificates(round=round, actor=organiser, at=AT)
        return usual(plan)

    monkeypatch.setattr(work, "collected", collected)

    batch = run(start(round, organiser))

    assert Document.objects.count() == len(set(Document.objects.values_list("number", flat=True))) == 6
    assert batch.items.filter(state=ItemState.DONE).exclude(document=None).count() == 6


def test_a_paper_that_is_not_called_for_any_more_is_told(round: Round, organiser: User) -> None:
    batch = start(round, organiser)
    round.awards.filter(place=1).update(superseded_at=AT)

    run(batch)

    assert set(batch.items.filter(state=ItemState.FAILED).values_list("error", flat=True)) == {"paper_not_wanted"}
    assert Document.objects.count() == 4


def test_whoever_may_not_issue_any_more_has_the_batch_stopped(round: Round, organiser: User) -> None:
    batch = start(round, organiser)
    Round.objects.update(state=State.PLENARY)

    run(batch)

    assert (batch.state, batch.error, Document.objects.count()) == (PrintState.STOPPED, "printing_not_permitted", 0)


def test_one_batch_of_a_round_at_a_time(round: Round, organiser: User) -> None:
    batch = start(round, organiser)

    with pytest.raises(services.PrintingAlready) as refused:
        start(round, organiser)
    assert refused.value.facts == {"number": batch.number}
    with transaction.atomic(), pytest.raises(IntegrityError):
        make_batch(round, organiser)


def test_nothing_to_print_is_told(round: Round, organiser: User) -> None:
    issue_certificates(round=round, actor=organiser, at=AT)

    with pytest.raises(services.NothingToPrint):
        start(round, organiser, subjects=[Subject("certificate", "award", award.pk) for award in round.awards.all()])
    with pytest.raises(services.NothingToPrint):
        start(round, organiser, subjects=[])
    assert not PrintBatch.objects.exists()


def test_only_what_is_missing_goes_into_a_batch(round: Round, organiser: User) -> None:
    first, *_ = issue_certificates(round=round, actor=organiser, at=AT)
    revoke_document(document=first, reason="nama salah", actor=organiser, at=AT)

    batch = run(start(round, organiser))

    assert batch.items.count() == 1
    assert Document.objects.filter(award=first.award, revoked_at=None).get().serial == 7


def test_a_round_without_a_result_has_no_batch() -> None:
    empty = make_round(region_code="52", state=State.DECIDED)

    with pytest.raises(NothingDecided):
        start(empty, make_user(Role.ORGANISER, round=empty), subjects=[Subject("minutes")])


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_organiser_and_secretariat_have_batches(round: Round, organiser: User, role: Role) -> None:
    other = make_user(role, round=round)
    with pytest.raises(NotPermitted):
        start(round, other)
    batch = start(round, organiser)

    for act in (services.stop_batch, services.resume_batch, services.retry_failed):
        with pytest.raises(NotPermitted):
            act(batch=batch, actor=other, at=AT)
    batch.refresh_from_db()
    assert (batch.state, batch.stop_asked_at) == (PrintState.WAITING, None)


def test_the_secretariat_has_batches_too(round: Round) -> None:
    assert run(start(round, make_user(Role.SECRETARIAT, round=round))).state == PrintState.DONE


def test_the_time_left_follows_from_what_was_done(round: Round, organiser: User) -> None:
    states = (*[ItemState.WAITING] * 4, ItemState.FAILED)
    began = {"state": PrintState.RUNNING, "began_at": AT, "beat_at": AT + timedelta(seconds=10)}
    batch = make_batch(round, organiser, states, **began)
    progress = progress_of(batch)
    assert (progress.total, progress.done, progress.failed, progress.left) == (5, 0, 1, 4)
    assert seconds_left(batch, progress, at=AT) is None

    documents = issue_certificates(round=round, actor=organiser, at=AT)
    for item, document in zip(batch.items.filter(state=ItemState.WAITING)[:2], documents, strict=False):
        item.state, item.document = ItemState.DONE, document
        item.save()

    assert seconds_left(batch, progress_of(batch), at=AT + timedelta(seconds=10)) == 10


def test_a_batch_that_waits_for_long_waits_for_a_worker_that_is_not_there(round: Round, organiser: User) -> None:
    batch = make_batch(round, organiser)

    assert not is_unattended(batch, at=AT)
    assert is_unattended(batch, at=AT + timedelta(minutes=1))
