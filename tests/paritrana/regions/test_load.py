"""Official codes from CSV: counts, a second run, a newer vintage, complaints with file and line."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from paritrana.audit.models import AuditEvent
from paritrana.regions.csv_files import RegionFileUnreadable, RegionRowRefused, read_villages
from paritrana.regions.models import Region
from paritrana.regions.services import Loaded, RegionParentMissing, load_regencies, load_villages
from tests.factories.world import AT

pytestmark = pytest.mark.django_db

REGENCIES = "code,name,kind,province_code\n99,Uji,provinsi,99\n99.01,Kabupaten Satu,kabupaten,99\n"
VILLAGES = (
    "code,name,kind,district,regency_code\n"
    "99.01.01.1001,Aba,kelurahan,Kecil,99.01\n"
    "99.01.01.2002,Ibi,desa,Kecil,99.01\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(REGENCIES, "utf-8")
    (tmp_path / "b.csv").write_text(VILLAGES, "utf-8")
    return tmp_path


def _load(folder: Path, vintage: str = "v1") -> list[Loaded]:
    return [
        load_regencies(path=folder / "a.csv", vintage=vintage, actor=None, at=AT),
        load_villages(path=folder / "b.csv", vintage=vintage, actor=None, at=AT),
    ]


def test_the_shipped_files_hold_the_official_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_regions")

    kinds = Counter(Region.objects.values_list("kind", flat=True))
    assert kinds == {
        "provinsi": 38,
        "kabupaten": 416,
        "kota": 98,
        "kecamatan": 315,
        "desa": 3137,
        "kelurahan": 305,
    }
    assert str(Region.objects.get(code="53.01")) == "Kabupaten Kupang"
    assert str(Region.objects.get(code="53.71")) == "Kota Kupang"
    assert str(Region.objects.get(code="53.04.02.2007")) == "Desa Dafala"
    assert Region.objects.get(code="53.04.02.2007", parent__parent__code="53.04").is_current
    assert AuditEvent.objects.filter(action="regions.loaded", chain="site").count() == 2

    call_command("load_regions")

    assert "villages.csv: 0 new, 0 changed, 3757 as before, 0 retired" in capsys.readouterr().out
    assert AuditEvent.objects.count() == 2


def test_a_newer_vintage_keeps_the_codes_it_lost(folder: Path) -> None:
    _load(folder)
    (folder / "b.csv").write_text(VILLAGES.replace("99.01.01.2002,Ibi", "99.01.01.2003,Ibi"), "utf-8")

    done = _load(folder, "v2")

    assert done == [Loaded(0, 2, 0, 0), Loaded(1, 2, 0, 1)]
    lost = Region.objects.get(code="99.01.01.2002")
    assert (lost.is_current, lost.vintage) == (False, "v1")
    assert Region.objects.filter(is_current=True, vintage="v2").count() == 5


def test_a_code_that_comes_back_is_current_again(folder: Path) -> None:
    _load(folder)
    Region.objects.filter(code="99.01").update(is_current=False, name="Kabupaten Lain")

    assert _load(folder) == [Loaded(0, 1, 1, 0), Loaded(0, 0, 3, 0)]
    assert str(Region.objects.get(code="99.01", is_current=True)) == "Kabupaten Satu"


def test_another_province_is_not_touched(folder: Path) -> None:
    _load(folder)
    (folder / "a.csv").write_text(REGENCIES + "98,Dua,provinsi,98\n98.01,Kota Dua,kota,98\n", "utf-8")
    (folder / "b.csv").write_text(VILLAGES.replace("99.", "98."), "utf-8")

    assert _load(folder) == [Loaded(2, 0, 2, 0), Loaded(3, 0, 0, 0)]
    assert Region.objects.filter(is_current=False).count() == 0


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("99.01.01.2002", "99.01.01.202", 3),
        ("99.01.01.2002", "99.01.01.1001", 3),
        ("desa,", "dusun,", 3),
        ("Ibi,", ",", 3),
        ("Ibi,desa,Kecil", "Ibi,desa,Besar", 3),
        ("Ibi,desa,Kecil,99.01", "Ibi,desa,Kecil,99.02", 3),
        ("Ibi,desa,Kecil,99.01", "Ibi,desa", 3),
    ],
)
def test_a_wrong_row_is_named_by_file_and_line_and_nothing_is_written(
    folder: Path, old: str, new: str, line: int
) -> None:
    (folder / "b.csv").write_text(VILLAGES.replace(old, new), "utf-8")

    with pytest.raises(RegionRowRefused) as caught:
        _load(folder)

    assert (caught.value.facts["file"], caught.value.facts["line"]) == ("b.csv", line)
    assert Region.objects.filter(code__startswith="99.01.").count() == 0


@pytest.mark.parametrize("content", [b"", b"kode,nama\n", b"\xff\xfe\x00"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.csv").write_bytes(content)

    with pytest.raises(RegionFileUnreadable):
        read_villages(tmp_path / "b.csv")


def test_villages_need_their_regency(folder: Path) -> None:
    with pytest.raises(RegionParentMissing) as caught:
        load_villages(path=folder / "b.csv", vintage="v1", actor=None, at=AT)

    assert caught.value.facts["parent"] == "99.01"


def test_the_command_says_what_is_wrong(folder: Path) -> None:
    with translation.override("en"), pytest.raises(CommandError, match=r"b\.csv: 99\.01\.01 lies in 99\.01"):
        call_command("load_regions", villages=folder / "b.csv")
