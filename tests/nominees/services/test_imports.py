"""The import: bad files, two wrong rows, the corrected file, a second time, human decisions, changes meanwhile."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import translation

from nominees.core.lifecycle import State
from nominees.models import BatchState, Contact, CountedIndicator, ImportBatch, Nomination, Nominee, Status
from nominees.services.imports import (
    BatchNotOpen,
    ImportOutdated,
    apply_import,
    check_import,
    counts_of,
    discard_import,
)
from nominees.services.nominations import nominate, screen_nomination
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.sentences import sentence
from paritrana.kernel.verdict import NotPermitted
from tests.factories.nominees import Field, business_facts, make_field, region
from tests.factories.workbooks import COMPLAINED, REFUSED, business_row, good, nominees, repacked
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db

GOVERNMENT = {
    "Kode wilayah": "53.01",
    "Nama pemerintah daerah": "Kabupaten Kupang",
    "Pimpinan": "Bupati (contoh)",
    "Narahubung": "Ani (contoh)",
    "Telepon": "0812-0000-0000",
    "Peserta aktif": "1.200",
    "Penduduk bekerja": 4000,
    "Sumber data": "BPJS; BPS",
    "Per tanggal": "31/12/2024",
}


@pytest.fixture
def field() -> Field:
    return make_field()


def _check(field: Field, content: bytes) -> ImportBatch:
    return check_import(round=field.round, file_name="nomine.xlsx", content=content, actor=field.secretary, at=AT)


def _apply(field: Field, content: bytes) -> ImportBatch:
    batch = _check(field, content)
    assert batch.problems == []
    return apply_import(batch=batch, actor=field.secretary, at=AT)


@pytest.mark.parametrize(("content", "code"), [pytest.param(m, c, id=n) for n, m, c in REFUSED])
def test_a_file_that_is_no_plain_workbook_is_refused_unread(
    field: Field, content: Callable[[], bytes], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = content()
    if code != "workbook_damaged":
        monkeypatch.setattr("subprocess.run", lambda *a, **k: pytest.fail("a parser was started"))
    start = time.monotonic()

    batch = _check(field, data)

    assert time.monotonic() - start < 2
    assert (batch.state, [p["code"] for p in batch.problems]) == (BatchState.REFUSED, [code])
    assert sentence(code)
    assert Nominee.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "place", "code"), [pytest.param(m, (s, c), k, id=n) for n, m, s, c, k in COMPLAINED]
)
def test_what_is_wrong_in_a_workbook_is_named_with_its_cell(
    field: Field, content: Callable[[], bytes], place: tuple[str, str], code: str
) -> None:
    batch = _check(field, content())

    found = [((p["sheet"], p["cell"]), p["code"]) for p in batch.problems]
    assert (place, code) in found
    assert (batch.state, batch.rows, Nominee.objects.count()) == (BatchState.REFUSED, [], 0)
    with translation.override("en"):
        assert all(sentence(p["code"], p["facts"]) for p in batch.problems)
    event = AuditEvent.objects.get(action="import.refused")
    assert (event.chain, event.object_id) == (field.round.scope, str(batch.pk))


def test_two_wrong_rows_are_both_named_and_the_corrected_file_is_imported(field: Field) -> None:
    wrong = nominees(
        governments=[GOVERNMENT],
        businesses=[business_row(1), business_row(2, KBLI="6414"), business_row(3, NIB="12"), business_row(4)],
    )

    batch = _check(field, wrong)

    assert [(p["sheet"], p["cell"]) for p in batch.problems] == [("Badan Usaha", "G3"), ("Badan Usaha", "H4")]
    assert (batch.state, Nomination.objects.count()) == (BatchState.REFUSED, 0)

    corrected = nominees(governments=[GOVERNMENT], businesses=[business_row(i) for i in range(1, 5)])
    applied = _apply(field, corrected)

    assert counts_of(applied.rows) == {"new": 5, "changed": 0, "same": 0}
    numbers = Nomination.objects.filter(round=field.round).values_list("number", "nominee__name", "status")
    assert list(numbers) == [
        (1, "Kabupaten Kupang", Status.PROPOSED),
        *((i + 1, f"Koperasi {i} (contoh)", Status.PROPOSED) for i in range(1, 5)),
    ]
    indicator = CountedIndicator.objects.get()
    assert (indicator.count, indicator.base, indicator.as_of.isoformat()) == (1200, 4000, "2024-12-31")
    assert Contact.objects.get().phone == "0812-0000-0000"
    actions = AuditEvent.objects.filter(chain=field.round.scope).order_by("seq").values_list("action", "request_id")
    request = f"import-{applied.pk}"
    assert list(actions) == [
        ("import.refused", ""),
        ("import.checked", ""),
        ("nomination.created", request),
        ("indicator.entered", request),
        *[("nomination.created", request)] * 4,
        ("import.applied", ""),
    ]


def test_the_same_file_again_changes_nothing(field: Field) -> None:
    content = nominees(
        governments=[GOVERNMENT],
        villages=[{"Nama desa/kelurahan": "Desa Oesao", "Kecamatan": "Kupang Timur"}],
        businesses=[business_row(1)],
    )
    _apply(field, content)
    before = AuditEvent.objects.count()

    again = _apply(field, content)

    assert counts_of(again.rows) == {"new": 0, "changed": 0, "same": 3}
    assert AuditEvent.objects.count() == before + 2  # checked, applied
    assert Nomination.objects.get(nominee__region__code="53.01.06.2015").nominee.name == "Desa Oesao"


def test_changed_cells_are_previewed_and_written_and_empty_ones_erase_nothing(field: Field) -> None:
    _apply(field, nominees(governments=[GOVERNMENT], businesses=[business_row(1)]))
    changed = nominees(
        governments=[{"Kode wilayah": "53.01", "Telepon": "0813-1111-1111"}],
        businesses=[business_row(1, Ukuran_usaha="Besar") | {"Kabupaten/Kota": "53.01"}],
    )

    batch = _check(field, changed)

    assert [row["changes"] for row in batch.rows] == [["phone"], ["region", "size_class"]]
    apply_import(batch=batch, actor=field.secretary, at=AT)
    contact = Contact.objects.get()
    assert (contact.person, contact.phone) == ("Ani (contoh)", "0813-1111-1111")
    business = Nominee.objects.select_related("business", "region").get(kind="business")
    assert (business.business.size_class, business.region.code) == ("large", "53.01")
    assert CountedIndicator.objects.get().count == 1200


def test_personal_data_leaves_the_batch_once_it_is_settled_and_never_enters_the_log(field: Field) -> None:
    batch = _check(field, nominees(governments=[GOVERNMENT]))
    assert batch.rows[0]["values"]["phone"] == "0812-0000-0000"

    applied = apply_import(batch=batch, actor=field.secretary, at=AT)

    assert not {"person", "phone", "email"} & applied.rows[0]["values"].keys()
    assert not any("0812" in event.payload for event in AuditEvent.objects.all())


def test_an_import_keeps_what_people_decided(field: Field) -> None:
    _apply(field, good())
    nomination = Nomination.objects.get()
    screen_nomination(
        nomination=nomination, decision=Status.REJECTED, reason="di luar periode", actor=field.secretary, at=AT
    )

    again = _apply(field, nominees(businesses=[business_row(1, Pimpinan="Direktur Baru (contoh)")]))

    nomination.refresh_from_db()
    assert again.rows[0]["changes"] == ["leader"]
    assert (nomination.status, nomination.status_reason) == (Status.REJECTED, "di luar periode")
    assert nomination.leader == "Direktur Baru (contoh)"
    refused = _check(field, nominees(businesses=[business_row(1, Ukuran_usaha="Besar")]))
    assert [(p["cell"], p["code"]) for p in refused.problems] == [("F2", "import_already_screened")]


def test_a_second_nib_for_a_known_name_is_noticed(field: Field) -> None:
    _apply(field, good())

    batch = _check(field, nominees(businesses=[business_row(2, Nama_usaha="KOPERASI  1 (contoh).")]))

    assert [(p["cell"], p["code"]) for p in batch.problems] == [("H2", "import_same_name")]


def test_a_business_of_another_province_is_not_taken_over(field: Field) -> None:
    other = make_field(region_code="52", year=2023)
    make_other = region("53.01")
    make_other.__class__.objects.create(
        code="52.01", name="Kabupaten Lombok Barat", kind="kabupaten", vintage="uji", parent=other.round.region
    )
    nominate(
        category=other.businesses, region=region("52.01"), business=business_facts(1), actor=other.secretary, at=AT
    )

    batch = _check(field, good())

    assert [(p["cell"], p["code"]) for p in batch.problems] == [("H2", "import_nib_elsewhere")]


def test_work_done_since_the_check_is_not_overwritten(field: Field) -> None:
    batch = _check(field, nominees(governments=[GOVERNMENT]))
    nominate(category=field.governments, region=region("53.01"), actor=field.secretary, at=AT)

    with pytest.raises(ImportOutdated):
        apply_import(batch=batch, actor=field.secretary, at=AT)

    batch.refresh_from_db()
    assert (batch.state, Nomination.objects.count()) == (BatchState.CHECKED, 1)


def test_confirming_twice_imports_once(field: Field) -> None:
    batch = _apply(field, good())
    events = AuditEvent.objects.count()

    apply_import(batch=batch, actor=field.secretary, at=AT)

    assert (Nomination.objects.count(), AuditEvent.objects.count()) == (1, events)
    with pytest.raises(BatchNotOpen):
        discard_import(batch=batch, actor=field.secretary, at=AT)


def test_a_discarded_batch_is_never_applied(field: Field) -> None:
    batch = discard_import(batch=_check(field, good()), actor=field.secretary, at=AT)
    discard_import(batch=batch, actor=field.secretary, at=AT)

    with pytest.raises(BatchNotOpen):
        apply_import(batch=batch, actor=field.secretary, at=AT)
    assert (Nomination.objects.count(), AuditEvent.objects.filter(action="import.discarded").count()) == (0, 1)


def test_a_refused_batch_cannot_be_applied(field: Field) -> None:
    with pytest.raises(BatchNotOpen):
        apply_import(batch=_check(field, b""), actor=field.secretary, at=AT)


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("http://x")', "+1", "-2+3", "@SUM(A1)", "\t=1", "<script>alert(1)</script>"]
)
def test_what_looks_like_a_formula_or_markup_stays_text(field: Field, name: str) -> None:
    def typed(part_name: str, part: bytes) -> bytes:
        escaped = name.strip().replace("&", "&amp;").replace("<", "&lt;").encode()
        return part.replace(b"Koperasi 1 (contoh)", escaped)

    _apply(field, repacked(good(), typed))

    assert Nominee.objects.get().name == name.strip()


def test_headers_and_cells_are_read_whatever_hides_in_them(field: Field) -> None:
    def hidden(part_name: str, part: bytes) -> bytes:
        return part.replace(b"Nama usaha", "Nama\u00a0 usaha\u200b *".encode()).replace(
            b"Koperasi 1 (contoh)", "\u202eKoperasi\u00a01 (contoh)\u200b".encode()
        )

    _apply(field, repacked(good(), hidden))

    assert Nominee.objects.get().name == "Koperasi 1 (contoh)"


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_the_secretariat_imports(field: Field, role: Role) -> None:
    other = make_user(role, round=field.round)
    batch = _check(field, good())

    for act in (
        lambda: check_import(round=field.round, file_name="x", content=good(), actor=other, at=AT),
        lambda: apply_import(batch=batch, actor=other, at=AT),
        lambda: discard_import(batch=batch, actor=other, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert ImportBatch.objects.count() == 1


def test_nothing_is_imported_once_scoring_has_begun(field: Field) -> None:
    batch = _check(field, good())
    field.round.state = State.SCORING
    field.round.save()

    with pytest.raises(NotPermitted):
        apply_import(batch=batch, actor=field.secretary, at=AT)
    assert Nomination.objects.count() == 0


def test_the_number_of_queries_of_a_check_does_not_depend_on_the_rows(
    field: Field, django_assert_max_num_queries: Any
) -> None:
    content = nominees(businesses=[business_row(i) for i in range(1, 41)])
    _apply(field, content)

    with django_assert_max_num_queries(25):
        _check(field, content)
