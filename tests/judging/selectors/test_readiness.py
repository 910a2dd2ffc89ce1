"""What keeps a round from its next step: every condition met and unmet, with its facts and its page.

Long, because each condition of the lifecycle's table stands here once, met and unmet.
"""

import json

import pytest
from django.urls import reverse

from judging.models import (
    Decision,
    DecisionKind,
    DecreeText,
    Document,
    DocumentKind,
    Plenary,
    PlenaryAttendance,
    RecusalState,
    Seat,
    SecretariatEntry,
    Sheet,
    SheetState,
    SheetVersion,
)
from judging.selectors import readiness
from judging.selectors.readiness import CONDITIONS
from nominees.core.lifecycle import TRANSITIONS, State
from nominees.models import CountedIndicator, Pool, Status
from paritrana.kernel.sentences import sentence
from tests.factories.awards import make_decided_round
from tests.factories.ceremony import make_special_award
from tests.factories.panel import holder_of, make_member, make_panel, make_recusal, make_seat
from tests.factories.reopenings import make_waiting
from tests.factories.rounds import make_award, make_forwarding, make_tabulation
from tests.factories.rubrics import make_category_rubric, make_rules, rubric_document
from tests.factories.sheets import make_interview
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


def unmet(round, code):
    """The unmet conditions of ``code``, each proven to be sayable and to lead to a page."""
    found = CONDITIONS[code](round)
    for one in found:
        assert one.condition == code
        assert sentence(one.code, one.facts)
    return found


def codes(round, code):
    return [one.code for one in unmet(round, code)]


def test_every_condition_of_the_table_has_its_function():
    assert {code for step in TRANSITIONS for code in step.conditions} == set(CONDITIONS)


def test_unmet_conditions_come_in_the_order_of_the_table():
    (step,) = [one for one in TRANSITIONS if one.source == State.PREPARATION]
    found = readiness.unmet_conditions(make_round(), step)
    order = [step.conditions.index(one.condition) for one in found]
    assert order == sorted(order)
    assert {one.condition for one in found} == {"categories_present", "rules_complete", "seats_filled"}


def test_categories_present():
    round = make_round()
    assert codes(round, "categories_present") == ["unmet_categories_missing"]
    make_category(round)
    assert codes(round, "categories_present") == []


def test_rules_complete():
    round = make_round()
    assert codes(round, "rules_complete") == ["unmet_rules_missing"]
    make_category_rubric(make_category(round, places=4))
    make_rules(round, tie_break=["criterion:inovasi", "criterion:mahkota"])
    titles, criterion = unmet(round, "rules_complete")
    assert (titles.code, titles.facts) == ("unmet_rules_titles_missing", {"titles": 3, "places": 4})
    assert (criterion.code, criterion.facts) == ("unmet_rules_criterion_unknown", {"criterion": "mahkota"})
    make_rules(round, tie_break=["criterion:inovasi"], labels=["I", "II", "III", "IV"])
    assert codes(round, "rules_complete") == []


def test_rubrics_assigned():
    round = make_round()
    first, second = make_category(round, "a"), make_category(round, "b")
    make_category_rubric(first)
    (missing,) = unmet(round, "rubrics_assigned")
    assert (missing.code, missing.facts) == ("unmet_rubric_missing", {"category": second.name})
    make_category_rubric(second, rubric_document(title="Lain"))
    assert codes(round, "rubrics_assigned") == []
    pool = Pool.objects.create(round=round, code="umum", name="Umum")
    pool.categories.set([first, second])
    assert codes(round, "rubrics_assigned") == ["unmet_pool_rubrics_differ"]


def test_seats_filled():
    round = make_round()
    assert codes(round, "seats_filled") == ["unmet_seats_missing", "unmet_chair_missing"]
    seats = make_panel(round, seated=False)
    for seat in seats[:-2]:
        make_member(seat)
    assert [one.facts["seat"] for one in unmet(round, "seats_filled")] == [seat.name for seat in seats[-2:]]
    seats[-1].vacant_reason = "Belum diusulkan"
    seats[-1].save()
    make_member(seats[-2], ends_on="2025-06-20")
    assert [one.facts["seat"] for one in unmet(round, "seats_filled")] == [seats[-2].name]
    make_member(seats[-2], starts_on="2025-06-21")
    assert codes(round, "seats_filled") == []
    seats[0].seatings.update(ends_on="2025-06-20")
    round.seats.filter(pk=seats[0].pk).update(vacant_reason="Kosong")
    assert codes(round, "seats_filled") == ["unmet_chair_missing"]


def test_nominations_present_and_all_screened():
    round = make_round(state=State.NOMINATION)
    category = make_category(round)
    waiting = make_nomination(category, status=Status.PROPOSED)
    assert codes(round, "nominations_present") == ["unmet_nominations_missing"]
    (one,) = unmet(round, "all_screened")
    assert (one.page, one.where, one.facts) == (
        "nominees:detail",
        {"number": waiting.number},
        {"nominee": str(waiting)},
    )
    waiting.status = Status.RUNNING
    waiting.save()
    assert codes(round, "nominations_present") == codes(round, "all_screened") == []


def test_recusals_confirmed():
    round = make_round(state=State.NOMINATION)
    seat = make_seat(round)
    make_member(seat)
    recusal = make_recusal(seat, make_nomination(make_category(round)))
    (one,) = unmet(round, "recusals_confirmed")
    assert (one.page, one.facts["seat"]) == ("judging:recusals", seat.name)
    recusal.state = RecusalState.CONFIRMED
    recusal.save()
    assert codes(round, "recusals_confirmed") == []


def test_reopenings_settled():
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make_category_rubric(category)
    seat = make_seat(round)
    make_member(seat)
    one = make_waiting(seat, make_nomination(category))
    (found,) = unmet(round, "reopenings_settled")
    assert (found.page, found.facts["seat"]) == ("judging:reopenings", seat.name)
    one.state, one.withdrawn_at = "withdrawn", AT
    one.save()
    assert codes(round, "reopenings_settled") == []


def make_sheet(seat, nomination, *, state=SheetState.SUBMITTED, cell=None):
    cell = cell or {"state": "value", "value": "80"}
    sheet = Sheet.objects.create(round=seat.round, seat=seat, nomination=nomination, state=state)
    SheetVersion.objects.create(
        sheet=sheet,
        number=1,
        rubric_version=nomination.category.rubric.version,
        seating=seat.seatings.get(),
        state=state,
        entries=json.dumps({"inovasi": cell}),
        content_hash="0" * 64,
        saved_by=holder_of(seat),
        saved_at=AT,
    )
    return sheet


@pytest.fixture
def scoring():
    """A round in scoring, its nine seats, and one nominee in the running."""
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make_category_rubric(category)
    make_rules(round)
    return round, make_panel(round), make_nomination(category)


def test_no_open_drafts_leaves_recused_seats_alone(scoring):
    round, seats, nomination = scoring
    make_sheet(seats[0], nomination)
    make_sheet(seats[1], nomination, state=SheetState.DRAFT)
    make_sheet(seats[2], nomination, state=SheetState.DRAFT)
    make_recusal(seats[2], nomination)
    (one,) = unmet(round, "no_open_drafts")
    assert one.facts == {"seat": seats[1].name, "nominee": str(nomination)}


def test_no_open_drafts_leaves_seats_alone_that_cannot_submit(scoring):
    round, seats, nomination = scoring
    for seat in seats[:3]:
        make_sheet(seat, nomination, state=SheetState.DRAFT)
    make_interview(nomination, seats[1:])  # the first seat is not placed there
    Seat.objects.filter(pk=seats[1].pk).update(vacant_reason="Pindah tugas (contoh)")
    (one,) = unmet(round, "no_open_drafts")
    assert one.facts["seat"] == seats[2].name


def test_secretariat_scores_confirmed_needs_two_equal_entries(scoring):
    round, _, nomination = scoring
    make_nomination(nomination.category, status=Status.WITHDRAWN)
    for turn, value in ((1, "80"), (2, "75")):
        SecretariatEntry.objects.create(
            nomination=nomination,
            criterion="regulasi",
            turn=turn,
            value=value,
            entered_by=make_user(),
            entered_at=AT,
        )
    (one,) = unmet(round, "secretariat_scores_confirmed")
    assert one.facts == {"nominee": str(nomination), "criterion": "Regulasi"}
    SecretariatEntry.objects.filter(turn=2).update(value="80.0")
    assert codes(round, "secretariat_scores_confirmed") == []


def test_indicators_complete(scoring):
    round, _, nomination = scoring
    (one,) = unmet(round, "indicators_complete")
    assert (one.page, one.where) == ("nominees:indicators", {"number": nomination.number})
    CountedIndicator.objects.create(
        nomination=nomination,
        criterion="cakupan",
        count=1,
        base=3,
        source="BPS",
        as_of="2024-12-31",
        entered_by=make_user(),
        entered_at=AT,
    )
    assert codes(round, "indicators_complete") == []


def test_quorum_counts_values_of_submitted_sheets_that_are_not_recused(scoring):
    round, seats, nomination = scoring
    for seat in seats[:6]:
        make_sheet(seat, nomination)
    assert codes(round, "quorum_reached") == []
    make_sheet(seats[6], nomination, cell={"state": "absent"})
    make_sheet(seats[7], nomination, state=SheetState.DRAFT)
    make_recusal(seats[0], nomination)
    assert codes(round, "quorum_reached") == []
    make_recusal(seats[1], nomination)
    (one,) = unmet(round, "quorum_reached")
    assert one.facts == {"nominee": str(nomination), "have": 4, "needed": 5}


def test_quorum_exception_of_the_record_suffices_until_it_is_withdrawn(scoring):
    round, seats, nomination = scoring
    make_sheet(seats[0], nomination)
    decision = Decision.objects.create(
        round=round,
        kind=DecisionKind.QUORUM,
        votes_for=5,
        reason="Cuaca",
        decided_by=make_user(),
        decided_at=AT,
    )
    decision.nominations.add(nomination)
    assert codes(round, "quorum_reached") == []
    decision.withdrawn_at = AT
    decision.save()
    assert codes(round, "quorum_reached") == ["unmet_quorum_short"]


def test_quorum_without_rules_is_unmet():
    round = make_round(state=State.SCORING)
    assert [one.condition for one in CONDITIONS["quorum_reached"](round)] == ["quorum_reached"]


def test_attendance_recorded_tells_of_every_seat():
    round = make_round(state=State.PLENARY)
    assert codes(round, "attendance_recorded") == ["unmet_plenary_missing"]
    tabulation = make_tabulation(round)
    assert codes(round, "attendance_recorded") == ["unmet_plenary_missing"]
    plenary = Plenary.objects.create(tabulation=tabulation, opened_by=make_user(), opened_at=AT)
    seats = make_panel(round)
    for seat in seats[1:]:
        PlenaryAttendance.objects.create(plenary=plenary, seat=seat, present=False)
    (one,) = unmet(round, "attendance_recorded")
    assert one.facts == {"seat": seats[0].name}
    PlenaryAttendance.objects.create(plenary=plenary, seat=seats[0], present=True)
    assert codes(round, "attendance_recorded") == []


def test_ties_settled_needs_a_tabulation():
    round = make_round(state=State.PLENARY)
    assert codes(round, "ties_settled") == ["unmet_plenary_missing"]
    make_tabulation(round)
    assert codes(round, "ties_settled") == []


def issue(round, kind, award=None, **fields):
    tabulation = round.tabulations.get(superseded_at=None)
    serial = Document.objects.count() + 1
    return Document.objects.create(
        round=round,
        kind=kind,
        tabulation=tabulation,
        award=award,
        serial=serial,
        number=str(serial),
        title="x",
        sha256="0" * 64,
        check_code=f"kode{serial}",
        issued_by=make_user(),
        issued_at=AT,
        **fields,
    )


def test_minutes_issued_and_not_revoked():
    round = make_round(state=State.DECIDED)
    make_tabulation(round)
    issue(round, DocumentKind.MINUTES, revoked_at=AT)
    assert codes(round, "minutes_issued") == ["unmet_minutes_missing"]
    issue(round, DocumentKind.MINUTES)
    assert codes(round, "minutes_issued") == []


def test_a_decree_is_waited_for_once_it_was_written():
    round = make_round(state=State.DECIDED)
    make_tabulation(round)
    issue(round, DocumentKind.MINUTES)
    decree = DecreeText.objects.create(round=round, number="400/2025", signed_on=AT.date())
    (unmet_one,) = unmet(round, "minutes_issued")
    assert (unmet_one.code, unmet_one.page) == ("unmet_decree_incomplete", "judging:decree")
    decree.signer_name = "Maria Goreti Lake (contoh)"
    decree.save()
    (unmet_one,) = unmet(round, "minutes_issued")
    assert (unmet_one.code, unmet_one.page) == ("unmet_decree_missing", "judging:documents")
    issue(round, DocumentKind.DECREE)
    assert codes(round, "minutes_issued") == []


def test_certificates_issued_for_awards_outside_the_ranking():
    round = make_decided_round((90,))
    issue(round, DocumentKind.CERTIFICATE, round.awards.get())
    special = make_special_award(round)
    (one,) = unmet(round, "certificates_issued")
    assert one.facts == {"title": special.title, "nominee": special.recipient}
    issue(round, DocumentKind.SPECIAL_CERTIFICATE, special_award=special)
    assert codes(round, "certificates_issued") == []


def test_certificates_issued_for_every_award_in_force():
    round = make_round(state=State.DECIDED)
    first, second = make_award(round), make_award(round)
    make_award(round, superseded_at=AT)
    issue(round, DocumentKind.CERTIFICATE, first)
    (one,) = unmet(round, "certificates_issued")
    assert one.facts["nominee"] == str(second.nomination)
    issue(round, DocumentKind.CERTIFICATE, second)
    assert codes(round, "certificates_issued") == []


def test_winners_forwarded_within_the_quota_only():
    round = make_round(state=State.ANNOUNCED)
    first = make_award(round)
    make_award(round, make_nomination(first.category), place=2)
    (one,) = unmet(round, "winners_forwarded")
    assert one.facts["nominee"] == str(first.nomination)
    make_forwarding(first)
    assert codes(round, "winners_forwarded") == []


def test_the_national_round_forwards_nobody():
    round = make_round(region_code=None, state=State.ANNOUNCED)
    make_award(round)
    assert codes(round, "winners_forwarded") == []


@pytest.mark.parametrize(
    "step", [step for step in TRANSITIONS if step.conditions], ids=lambda step: f"{step.source}-{step.target}"
)
def test_readiness_costs_the_same_for_1_and_30_nominees(step):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    round = make_round(state=step.source)
    category = make_category(round)
    make_category_rubric(category)
    make_rules(round)
    seats = make_panel(round)
    make_tabulation(round)

    def cost(count):
        for _ in range(count):
            nomination = make_nomination(category)
            make_sheet(seats[0], nomination)
            make_recusal(seats[1], nomination)
        with CaptureQueriesContext(connection) as queries:
            readiness.unmet_conditions(round, step)
        return len(queries)

    assert cost(1) == cost(29)


def test_pages_named_by_conditions_exist():
    round = make_round()
    kwargs = {"year": round.edition.assessment_year, "scope": round.scope_code}
    for page in ("judging:categories", "judging:rules", "judging:rubrics", "judging:panel", "judging:recusals"):
        assert reverse(page, kwargs=kwargs)
