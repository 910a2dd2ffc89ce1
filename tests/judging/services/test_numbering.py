"""Numbers of a round's papers: set for a kind, gapless, and never changed on what was issued."""

from datetime import timedelta

import pytest

from judging.models import DocumentKind, NumberingScheme
from judging.selectors.documents import stored_bytes
from judging.services.documents import issue_certificates, issue_minutes, revoke_document
from judging.services.numbering import FirstSerialFixed, NumberPatternUnfit, set_numbering
from judging.services.paper_drafts import NumberTaken
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round, quick_papers
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
KIND = DocumentKind.CERTIFICATE


@pytest.fixture(autouse=True)
def _quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_papers(monkeypatch)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def put(round: Round, actor: User, pattern: str, first: int = 1, kind: DocumentKind = KIND) -> NumberingScheme | None:
    return set_numbering(round=round, kind=kind, pattern=pattern, first=first, actor=actor, at=AT)


def test_papers_are_numbered_as_the_round_says(round: Round, organiser: User) -> None:
    scheme = put(round, organiser, " 400.14/{serial:03}/{roman_month}/{year} ", first=41)

    issued = issue_certificates(round=round, actor=organiser, at=AT)

    assert scheme is not None
    assert scheme.pattern == "400.14/{serial:03}/{roman_month}/{year}"
    assert [one.number for one in issued] == [f"400.14/{number:03}/VI/2025" for number in (41, 42, 43)]
    event = AuditEvent.objects.get(action="numbering.set")
    assert (event.object_type, event.actor) == ("judging.numberingscheme", organiser)


def test_changing_the_pattern_changes_nothing_that_was_issued(round: Round, organiser: User) -> None:
    first, *others = issue_certificates(round=round, actor=organiser, at=AT)
    before = [(one.number, stored_bytes(one)) for one in (first, *others)]
    revoke_document(document=first, reason="nama salah", actor=organiser, at=AT)

    put(round, organiser, "P-{serial}")
    again, *same = issue_certificates(round=round, actor=organiser, at=AT + timedelta(hours=1))

    assert again.number == "P-4"
    assert same == others
    for one, (number, content) in zip((first, *others), before, strict=True):
        one.refresh_from_db()
        assert (one.number, stored_bytes(one)) == (number, content)


def test_a_number_that_another_paper_carries_is_refused(round: Round, organiser: User) -> None:
    put(round, organiser, "{serial}", first=1)
    issue_certificates(round=round, actor=organiser, at=AT)
    put(round, organiser, "{serial}", kind=DocumentKind.MINUTES)

    with pytest.raises(NumberTaken):
        issue_minutes(round=round, actor=organiser, at=AT)


def test_the_first_number_is_fixed_once_papers_are_issued(round: Round, organiser: User) -> None:
    put(round, organiser, "{serial}", first=5)
    issue_certificates(round=round, actor=organiser, at=AT)

    with pytest.raises(FirstSerialFixed):
        put(round, organiser, "{serial}", first=900)


def test_an_empty_pattern_brings_back_the_usual_one(round: Round, organiser: User) -> None:
    put(round, organiser, "{serial}")
    assert put(round, organiser, "") is None
    events = AuditEvent.objects.count()
    assert put(round, organiser, "") is None

    assert not NumberingScheme.objects.exists()
    assert AuditEvent.objects.count() == events == 2
    assert issue_certificates(round=round, actor=organiser, at=AT)[0].number == "001/PARITRANA/NTT/2025"


def test_the_first_number_alone_may_be_another(round: Round, organiser: User) -> None:
    put(round, organiser, "", first=12)

    assert issue_certificates(round=round, actor=organiser, at=AT)[0].number == "012/PARITRANA/NTT/2025"


def test_a_pattern_that_cannot_be_used_is_refused(round: Round, organiser: User) -> None:
    with pytest.raises(NumberPatternUnfit) as refused:
        put(round, organiser, "{serial.__class__}")

    assert refused.value.facts["problem"] == "number_pattern_unknown_field"
    with pytest.raises(ValueError, match="first serial"):
        put(round, organiser, "{serial}", first=0)
    assert not NumberingScheme.objects.exists()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_organiser_and_secretariat_number(round: Round, role: Role) -> None:
    with pytest.raises(NotPermitted):
        put(round, make_user(role, round=round), "{serial}")


def test_numbers_are_set_before_the_decision_and_not_after_the_end(round: Round) -> None:
    early = make_round(region_code="52", state=State.NOMINATION)
    assert put(early, make_user(Role.SECRETARIAT, round=early), "{serial}") is not None
    Round.objects.update(state=State.CLOSED)
    with pytest.raises(NotPermitted):
        put(round, make_user(Role.SECRETARIAT, round=round), "{serial}")
