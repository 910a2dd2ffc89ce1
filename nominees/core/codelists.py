"""The words of the import workbook for codes that the program keeps. Indonesian, because the workbook is paper."""

from collections.abc import Mapping

GOVERNMENT, VILLAGE, BUSINESS = "government", "village", "business"

KINDS: Mapping[str, str] = {
    GOVERNMENT: "Pemerintah daerah",
    VILLAGE: "Desa atau kelurahan",
    BUSINESS: "Badan usaha",
}

SECTORS: Mapping[str, str] = {
    "finance": "Jasa Keuangan",
    "trade": "Perdagangan dan Jasa (termasuk kesehatan)",
    "education": "Pendidikan",
    "industry": "Manufaktur, Pertambangan, dan Konstruksi",
    "agriculture": "Pertanian, Perkebunan, Peternakan, dan Perikanan",
}

SIZES: Mapping[str, str] = {"micro": "Mikro", "small": "Kecil", "medium": "Menengah", "large": "Besar"}
