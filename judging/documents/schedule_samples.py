"""Invented data of the schedule's papers for previews and tests: the longest names that really occur."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from .data import Signature
from .samples import CATEGORY, DEMO_MARK, EDITION, ISSUING_BODY, LONG_BUSINESS, LONGEST_REGENCY, ZONE, panel
from .schedule_data import InvitationLetter, ScheduleBook, ScheduledInterview, SeatLine

FIRST: Final = datetime(2025, 6, 24, 0, 0, tzinfo=UTC)
"""Eight in the morning in Kupang."""
PLACES: Final = ("Kabupaten Nagekeo", LONGEST_REGENCY, "Kota Kupang", LONG_BUSINESS, "Desa Dafala", "Kabupaten Alor")
ROOMS: Final = ("Ruang Rapat Flobamora", "Ruang Sasando, lantai 3", "Zoom Tim 9 (contoh)")


def letter(nominee: str = "Kabupaten Nagekeo", *, serial: int = 1, **changes: Any) -> InvitationLetter:
    """Return a sample letter, with every line that a letter can have."""
    code = f"PRT{serial:03d}-24UN-7K4M-QX9T"
    facts: dict[str, Any] = {
        "issuing_body": ISSUING_BODY,
        "edition": EDITION,
        "number": f"UND-{serial:03d}/PARITRANA/NTT/2025",
        "place": "Kupang",
        "day": date(2025, 6, 10),
        "recipient": (f"Pimpinan {nominee}", "Kabupaten Kepulauan Siau Tagulandang Biaro"),
        "nominee": nominee,
        "category": CATEGORY,
        "starts_at": FIRST + timedelta(hours=1),
        "ends_at": FIRST + timedelta(hours=1, minutes=30),
        "zone": ZONE,
        "room": ROOMS[0],
        "is_online": False,
        "signature": Signature(
            office="Sekretaris Tim 9 Penilai", name="Bernadus Tefa (contoh)", note="NIP 19700101 199503 2 001"
        ),
        "check_code": code,
        "check_address": f"https://paritrana.example.id/cek/{code}",
        "venue": "Kantor Gubernur Nusa Tenggara Timur, Jalan Raya El Tari Nomor 52, Kupang",
        "dress": "batik lengkap atau tenun ikat daerah",
        "bring": (
            "Pimpinan hadir sendiri dan dapat didampingi paling banyak 2 (dua) pejabat.",
            "Bahan paparan dan dokumen pendukung dibawa pada saat wawancara.",
            "Mohon hadir 15 menit sebelum waktu wawancara.",
        ),
        "contact": "Sekretariat Tim 9, telepon 0380 000000 (contoh)",
        "copies": ("Gubernur Nusa Tenggara Timur (sebagai laporan);", "Ketua Tim 9 Penilai."),
        "demo_mark": DEMO_MARK,
    }
    return InvitationLetter(**facts | changes)


def book(interviews: int = 18, *, rooms: int = 2, days: int = 3, **changes: Any) -> ScheduleBook:
    """Return a sample schedule: so many interviews over days and rooms, a break at noon, one seat recused now and then.

    Every third interview is without its last two seats.
    """
    seats = tuple(SeatLine(seat=one.seat, name=one.name, role=one.role) for one in panel())
    found = []
    for turn in range(interviews):
        row, room = divmod(turn, rooms)
        day, slot = row % days, row // days
        starts = FIRST + timedelta(days=day, minutes=40 * slot + (60 if slot > 5 else 0))
        recused = seats[3:4] if turn % 4 == 1 else ()
        sitting = seats[:7] if turn % 3 == 2 else seats
        found.append(
            ScheduledInterview(
                number=turn + 1,
                nominee=PLACES[turn % len(PLACES)],
                origin="Kota Kupang" if turn % len(PLACES) == 3 else "",
                category=CATEGORY.removeprefix("Kategori "),
                room=ROOMS[room % len(ROOMS)] + (f" {room}" if room >= len(ROOMS) else ""),
                is_online=room % len(ROOMS) == 2,
                starts_at=starts,
                ends_at=starts + timedelta(minutes=30),
                panel=tuple(one for one in sitting if one not in recused),
                recused=tuple(replace(one, is_recused=True) for one in recused),
                leader="Yohana Bria Seran (contoh)",
            )
        )
    facts: dict[str, Any] = {
        "issuing_body": ISSUING_BODY,
        "edition": EDITION,
        "place": "Kupang",
        "zone": ZONE,
        "version": "Rilis 2, 10 Juni 2025",
        "day": date(2025, 6, 10),
        "seats": tuple(one.seat for one in seats),
        "interviews": tuple(sorted(found, key=lambda one: (one.starts_at, one.room))),
        "demo_mark": DEMO_MARK,
    }
    return ScheduleBook(**facts | changes)
