"""Whom letters are addressed to."""

import pytest

from judging.selectors.papers.invitations import addressed_to
from nominees.models import Kind, Nomination, Nominee
from paritrana.regions.models import Region, RegionKind

NTT = Region(name="Provinsi Nusa Tenggara Timur", kind=RegionKind.PROVINCE)
NAGEKEO = Region(name="Kabupaten Nagekeo", kind=RegionKind.REGENCY, parent=NTT)
KUPANG = Region(name="Kota Kupang", kind=RegionKind.CITY, parent=NTT)
BOAWAE = Region(name="Boawae", kind=RegionKind.DISTRICT, parent=NAGEKEO)


def nomination(kind: Kind, name: str, region: Region) -> Nomination:
    return Nomination(nominee=Nominee(kind=kind, name=name, region=region))


@pytest.mark.parametrize(
    ("kind", "name", "region", "lines"),
    [
        (Kind.GOVERNMENT, "Kabupaten Nagekeo", NAGEKEO, ("Bupati Nagekeo",)),
        (Kind.GOVERNMENT, "Kota Kupang", KUPANG, ("Wali Kota Kupang",)),
        (Kind.BUSINESS, "PT Cendana (contoh)", KUPANG, ("Pimpinan PT Cendana (contoh)", "Kota Kupang")),
        (
            Kind.VILLAGE,
            "Desa Rigi",
            Region(name="Rigi", kind=RegionKind.VILLAGE, parent=BOAWAE),
            ("Kepala Desa Rigi", "Kecamatan Boawae, Kabupaten Nagekeo"),
        ),
        (
            Kind.VILLAGE,
            "Kelurahan Natanage",
            Region(name="Natanage", kind=RegionKind.WARD, parent=BOAWAE),
            ("Lurah Natanage", "Kecamatan Boawae, Kabupaten Nagekeo"),
        ),
    ],
)
def test_a_letter_is_addressed_as_offices_do(kind: Kind, name: str, region: Region, lines: tuple[str, ...]) -> None:
    assert addressed_to(nomination(kind, name, region)) == lines
