"""Anybody checks a paper; nothing is told before the announcement, and nobody can try codes in bulk."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from judging.models import Document
from judging.selectors.awards import awards_in_force
from judging.web import public
from nominees.core.lifecycle import State
from paritrana.audit.models import AuditEvent
from paritrana.kernel import clock
from paritrana.kernel.check_code import grouped
from paritrana.kernel.wording import date_time
from tests.factories.amendments import make_amendment
from tests.factories.awards import make_decided_round, make_document
from tests.factories.publications import make_publication
from tests.factories.signing import make_signed
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
CODE = "7K4MQX1T2RB0VW5N"
CONTENT = b"%PDF-1.7 piagam contoh"


@pytest.fixture(autouse=True)
def _fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def document() -> Document:
    round = make_decided_round((90, 80), state=State.ANNOUNCED, is_demo=True)
    make_publication(round)
    return make_document(awards_in_force(round)[0], content=CONTENT, check_code=CODE)


def _checksum(content: bytes = CONTENT) -> dict[str, str]:
    return {"sha256": hashlib.sha256(content).hexdigest()}


def _answer(client: Client, code: str = grouped(CODE)) -> str:
    return str(client.get(reverse("check_code", kwargs={"code": code})).context["answer"])


def test_a_genuine_certificate_says_what_to_whom_when_and_under_which_number(
    client: Client, document: Document
) -> None:
    response = client.get(reverse("check_code", kwargs={"code": grouped(CODE)}))

    assert response.status_code == 200
    assert response.context["answer"] == "genuine"
    text = response.content.decode()
    assert str(document.award.nomination) in text
    assert document.award.title in text
    assert document.number in text
    assert "Selasa, 24 Juni 2025, pukul 09.00 WITA" in text
    assert "CONTOH: bukan hasil sebenarnya" in text
    assert "no-store" in response["Cache-Control"]


def test_the_answer_stands_in_words_in_both_languages(client: Client, document: Document) -> None:
    with translation.override("en"):
        assert str(public.WORDS[public.Answer.GENUINE]["word"]) == "GENUINE"
    client.cookies.load({"django_language": "en"})

    text = client.get(reverse("check_code", kwargs={"code": CODE})).content.decode()

    assert "GENUINE" in text
    assert "no electronic signature" in text


@pytest.mark.parametrize("typed", ["7k4m qxit 2rbo vw5n", CODE.lower(), "7K4M–QX1T–2RB0–VW5N"])
def test_codes_are_understood_as_people_type_them(client: Client, document: Document, typed: str) -> None:
    response = client.post(reverse("check"), {"code": typed})

    assert response.status_code == 302
    assert response["Location"] == reverse("check_code", kwargs={"code": grouped(CODE)})
    assert _answer(client, typed) == "genuine"


@pytest.mark.parametrize("code", ["0000-0000-0000-0000", "x", "%27%3B--", "7K4M-QX1T-2RB0-VW5"])
def test_an_invented_code_is_unknown(client: Client, document: Document, code: str) -> None:
    response = client.get(f"/cek/{code}/")

    assert response.context["answer"] == "unknown"
    assert document.number not in response.content.decode()


def test_what_can_be_no_code_is_told_at_the_form(client: Client) -> None:
    response = client.post(reverse("check"), {"code": "123"})

    assert response.status_code == 200
    assert response.context["code_form"].has_error("code", "no_code")


def test_before_anything_is_published_a_real_code_is_answered_like_an_invented_one(client: Client) -> None:
    round = make_decided_round((90, 80), state=State.ANNOUNCED, is_demo=True)
    make_document(awards_in_force(round)[0], content=CONTENT, check_code=CODE)

    real = client.get(reverse("check_code", kwargs={"code": grouped(CODE)})).content.decode()
    invented = client.get(reverse("check_code", kwargs={"code": "0000-0000-0000-0000"})).content.decode()

    def plain(text: str, code: str) -> list[str]:
        return [line for line in text.replace(code, "").splitlines() if "csrfmiddlewaretoken" not in line]

    assert plain(real, grouped(CODE)) == plain(invented, "0000-0000-0000-0000")
    assert client.post(reverse("check"), _checksum()).context["answer"] == "unknown"


def test_under_embargo_a_code_is_registered_and_says_from_when_it_can_be_read_and_nothing_else(client: Client) -> None:
    round, now = make_decided_round((90, 80), state=State.ANNOUNCED, is_demo=True), clock.now()
    document = make_document(awards_in_force(round)[0], content=CONTENT, check_code=CODE)
    until = now + timedelta(hours=1)
    make_publication(round, at=now, embargo_until=until)

    response = client.get(reverse("check_code", kwargs={"code": grouped(CODE)}))

    text = response.content.decode()
    assert (response.context["answer"], response.context["facts"], response.context["document"]) == ("sealed", [], None)
    assert date_time(until, round.time_zone) in text
    assert "CONTOH: bukan hasil sebenarnya" in text
    secrets = (
        document.number,
        document.sha256,
        document.award.title,
        str(document.award.nomination),
        document.award.category.name,
        round.edition.name,
        round.place_name,
    )
    assert [one for one in secrets if one in text] == []
    assert _answer(client, "0000-0000-0000-0000") == "unknown"
    assert client.post(reverse("check"), _checksum()).context["answer"] == "unknown"


def test_the_answer_leads_to_the_public_result(client: Client, document: Document) -> None:
    facts = client.get(reverse("check_code", kwargs={"code": CODE})).context["facts"]

    assert [fact["url"] for fact in facts if fact.get("url")] == ["/hasil/2024/53/"]


def test_minutes_say_that_they_were_amended(client: Client) -> None:
    round, user = make_decided_round((90, 80), state=State.ANNOUNCED), make_user()
    make_publication(round)
    one = make_amendment(round, user, number="P-1/2025", confirmed_by=user, confirmed_at=AT)

    response = client.get(reverse("check_code", kwargs={"code": one.minutes.check_code}))

    assert "P-1/2025" in response.content.decode()
    assert response.context["facts"][-1]["value"] == "P-1/2025"


def test_a_revoked_certificate_is_told_without_its_reason(client: Client, document: Document) -> None:
    Document.objects.update(revoked_at=AT, revoked_reason="alasan rahasia")

    response = client.get(reverse("check_code", kwargs={"code": CODE}))

    assert response.context["answer"] == "revoked"
    assert "alasan rahasia" not in response.content.decode()


def test_a_certificate_of_a_replaced_decision_is_not_called_genuine(client: Client, document: Document) -> None:
    document.round.awards.update(superseded_at=AT)

    assert _answer(client) == "revoked"


def test_a_file_is_compared_by_its_bytes(client: Client, document: Document) -> None:
    assert client.post(reverse("check"), _checksum()).context["answer"] == "genuine"
    assert client.post(reverse("check"), _checksum(CONTENT + b" ")).context["answer"] == "unknown"


@pytest.mark.parametrize("typed", ["  {}  piagam.pdf", "SHA256(piagam.pdf)= {}"])
def test_a_checksum_is_understood_as_programs_print_it(client: Client, document: Document, typed: str) -> None:
    told = typed.format(document.sha256.upper() if "=" in typed else document.sha256)

    assert client.post(reverse("check"), {"sha256": told}).context["answer"] == "genuine"


@pytest.mark.parametrize("typed", ["", "123", "z" * 64, "a" * 65])
def test_what_can_be_no_checksum_is_told_at_the_form(client: Client, document: Document, typed: str) -> None:
    response = client.post(reverse("check"), {"sha256": typed})

    assert (response.status_code, "answer" in response.context) == (200, False)
    assert response.context["file_form"].errors


def test_no_file_is_taken_from_a_visitor(client: Client, document: Document) -> None:
    text = client.get(reverse("check")).content.decode()

    assert 'type="file"' in text
    assert "multipart" not in text
    assert '<input class="form-control" type="file" id="check-file" accept' in text  # without a name it is never sent


def test_a_signed_document_says_by_whom_and_what_the_signature_is_worth(client: Client, document: Document) -> None:
    signed = make_signed(document, standing="uncertified")

    response = client.get(reverse("check_code", kwargs={"code": CODE}))

    text = response.content.decode()
    assert response.context["signature"]["badge"]["icon"] == "signature"
    assert "Sekretaris Daerah (contoh)" in text
    assert signed.sha256 in text
    assert document.sha256 in text


def test_the_signed_file_and_the_issued_one_are_both_known(client: Client, document: Document) -> None:
    old = make_signed(document, content=b"%PDF lama", superseded_at=AT, superseded_reason="alasan rahasia")
    now = make_signed(document, content=b"%PDF baru")

    def asked(sha256: str) -> tuple[str, bool]:
        context = client.post(reverse("check"), {"sha256": sha256}).context
        return str(context["answer"]), context["older"]

    assert asked(document.sha256) == ("genuine", False)
    assert asked(now.sha256) == ("genuine", False)
    assert asked(old.sha256) == ("revoked", True)
    assert "alasan rahasia" not in client.post(reverse("check"), {"sha256": old.sha256}).content.decode()


def test_a_withdrawn_signature_is_not_told_as_one(client: Client, document: Document) -> None:
    signed = make_signed(document, superseded_at=AT, superseded_reason="salah")

    by_file = client.post(reverse("check"), {"sha256": signed.sha256}).context
    assert (by_file["answer"], by_file["older"]) == ("revoked", True)  # whatever its pages show
    assert client.get(reverse("check_code", kwargs={"code": CODE})).context["signature"] is None


@pytest.mark.parametrize(("kind", "facts"), [("appended", 5), ("rewritten", 6)])
def test_a_file_written_anew_by_the_signing_program_is_told_as_such(
    client: Client, document: Document, kind: str, facts: int
) -> None:
    make_signed(document, kind=kind)

    assert len(client.get(reverse("check_code", kwargs={"code": CODE})).context["signature"]["facts"]) == facts


def test_the_thirty_first_check_within_a_minute_is_refused(client: Client, document: Document) -> None:
    url = reverse("check_code", kwargs={"code": CODE})
    statuses = [client.get(url).status_code for _ in range(30)]

    refused = client.get(url)

    assert set(statuses) == {200}
    assert (refused.status_code, refused["Retry-After"]) == (429, "60")
    assert client.post(reverse("check"), {"code": CODE}).status_code == 429
    assert client.post(reverse("check"), _checksum()).status_code == 429
    assert client.get(url, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.get(reverse("check")).status_code == 200


def test_the_form_needs_its_token(document: Document) -> None:
    assert Client(enforce_csrf_checks=True).post(reverse("check"), {"code": CODE}).status_code == 403


def test_checking_changes_nothing(client: Client, document: Document) -> None:
    before = AuditEvent.objects.count()
    _answer(client)
    client.post(reverse("check"), _checksum())

    assert AuditEvent.objects.count() == before
