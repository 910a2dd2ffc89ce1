"""The commands of a hand-over: key, package, import; the second import changes nothing, an altered file is refused."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from judging.core.verifier_handover import verify_package
from judging.models import Handover, ReceivedPackage, TrustedKey
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.seal import grouped, read_key
from tests.factories.handovers import Province, make_national, make_province
from tests.factories.world import AT, PASSWORD, make_user

pytestmark = pytest.mark.django_db


def run(name: str, *arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(name, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def key(settings: Any, tmp_path: Path) -> Path:
    settings.HANDOVER_KEY = str(tmp_path / "kunci.pem")
    run("handover_key")
    return tmp_path / "kunci.pem"


@pytest.fixture
def province(monkeypatch: pytest.MonkeyPatch, key: Path) -> Province:
    return make_province(monkeypatch)


@pytest.fixture
def national() -> tuple[Round, User]:
    return make_national()


def exported(province: Province, folder: Path) -> Path:
    told = run("export_handover", "2024/53", "--as", province.secretary.username, "--out", str(folder))
    return Path(told.splitlines()[0])


def test_the_key_is_made_once_and_told_in_groups(key: Path) -> None:
    before = key.read_bytes()
    assert grouped(read_key(key).fingerprint) in run("handover_key")
    assert key.read_bytes() == before
    key.chmod(0o644)
    with pytest.raises(CommandError):
        run("handover_key")


def test_a_province_exports_and_the_national_round_takes_it(
    province: Province, national: tuple[Round, User], key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, (round, actor) = exported(province, tmp_path / "keluar"), national
    other = make_user(Role.NATIONAL_SECRETARIAT, round=round)
    monkeypatch.setenv("PARITRANA_KEY_PASSWORD", PASSWORD)
    assert verify_package(file.read_bytes()) == []
    with pytest.raises(CommandError):  # nobody read the key aloud
        run("import_handover", str(file), "--as", actor.username)
    assert not round.nominations.exists()

    spoken = ("--fingerprint", grouped(read_key(key).fingerprint), "--note", "telepon (contoh)")
    with pytest.raises(CommandError):  # a second run of another person, or --key-by
        run("import_handover", str(file), "--as", other.username, *spoken)
    TrustedKey.objects.update(withdrawn_at=AT)
    told = run("import_handover", str(file), "--as", actor.username, *spoken, "--key-by", other.username)
    events = AuditEvent.objects.count()
    again = run("import_handover", str(file), "--as", actor.username)

    assert told == again
    assert (round.nominations.count(), ReceivedPackage.objects.count()) == (2, 1)
    assert AuditEvent.objects.count() == events


def test_an_altered_file_is_refused_by_name(province: Province, national: tuple[Round, User], tmp_path: Path) -> None:
    file = exported(province, tmp_path)
    content = file.read_bytes()
    at = content.index(b'"signature":"') + 13
    file.write_bytes(content[:at] + (b"0" if content[at : at + 1] != b"0" else b"1") + content[at + 1 :])

    with pytest.raises(CommandError):
        run("import_handover", str(file), "--as", national[1].username)
    file.write_bytes(b"bukan paket")
    with pytest.raises(CommandError):
        run("import_handover", str(file), "--as", national[1].username)
    assert not ReceivedPackage.objects.filter(accepted=True).exists()


def test_sent_is_recorded_with_the_export(province: Province, tmp_path: Path) -> None:
    run("export_handover", "2024/53", "--as", province.secretary.username, "--out", str(tmp_path), "--sent", "kurir")
    assert Handover.objects.get().sent_how == "kurir"


def test_who_may_not_or_is_nobody_is_told(province: Province, national: tuple[Round, User], tmp_path: Path) -> None:
    for name in ("tidak-ada", national[1].username):
        with pytest.raises(CommandError):
            run("export_handover", "2024/53", "--as", name, "--out", str(tmp_path))
    with pytest.raises(CommandError):
        run("import_handover", str(tmp_path / "tidak-ada.zip"), "--as", national[1].username)
