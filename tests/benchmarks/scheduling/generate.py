"""Random problems of the open format in several sizes; the same size and seed give the same bytes.

python -m tests.benchmarks.scheduling.generate S|S44|M|L|XL [SEED] > FILE.json

Lunch, and on Fridays a longer noon for prayer; one chair and one secretary to every nine members, one of whom has to
be there. Whether a problem fits is not known: by its capacity it should.
"""

import json
import sys
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

UNSUR = ("pemprov", "bpjs", "disnaker", "apindo", "spsi", "dewan_pengupahan", "akademisi", "ahli_hukum", "dprd")
REGIONS = ("Timor", "Rote-Sabu", "Alor-Lembata", "Flores Timur", "Flores Barat", "Sumba")
CATEGORIES = (("DESA", 20, 10, 30), ("JASA", 25, 5, 25), ("UMKM", 20, 10, 25), ("KABKOTA", 30, 15, 10))
WEIGHTS = {
    "unsur_missing": 2,
    "category_switch": 5,
    "category_day": 3,
    "region_day": 4,
    "preference": 1,
    "idle": 1,
    "load_range": 1,
    "panel_join": 1,
    "move": 20,
    "room_change": 5,
    "panel_diff": 2,
}
MONDAY = date(2025, 6, 23)
MORNING, NOON, AFTERNOON, EVENING, FRIDAY_NOON, FRIDAY_AFTERNOON = 480, 720, 780, 960, 690, 810


@dataclass(frozen=True)
class Size:
    nominees: int
    rooms: int
    members: int
    days: int
    quorum: int
    unsur_target: int


SIZES = {
    "S": Size(22, 1, 9, 3, 5, 7),
    "S44": Size(44, 2, 9, 3, 4, 4),
    "M": Size(120, 3, 18, 5, 5, 5),
    "L": Size(600, 6, 27, 10, 4, 4),
    "XL": Size(2000, 12, 54, 20, 4, 4),
}


def generate(size, seed=0):
    """A document of the open format."""
    wanted, chance = SIZES[size], Random(f"{size} {seed}")  # noqa: S311 - no secret
    days = [_day(number) for number in range(wanted.days)]
    nominees = [_nominee(number, wanted.days, chance) for number in range(wanted.nominees)]
    return {
        "format": "paritrana-interview-schedule/1",
        "name": f"{size} {seed} (contoh)",
        "grid_min": 15,
        "days": days,
        "categories": [
            {"id": name, "duration": duration, "buffer": buffer, "quorum": wanted.quorum, "panel_max": 9}
            | {"unsur_target": wanted.unsur_target, "role_groups": ["PIMPINAN"]}
            for name, duration, buffer, _share in CATEGORIES
        ],
        "role_groups": [{"id": "PIMPINAN", "any_of": ["ketua", "sekretaris"], "min": 1}],
        "rooms": [_room(number, days, chance) for number in range(wanted.rooms)],
        "members": [_member(number, wanted.days, nominees, chance) for number in range(wanted.members)],
        "nominees": nominees,
        "rules": {"max_continuous_min": 180, "min_break_min": 30, "max_minutes_per_day": 420},
        "pins": [],
        "weights": WEIGHTS,
    }


def _day(number):
    when = MONDAY + timedelta(days=number // 5 * 7 + number % 5)
    friday = when.weekday() == 4
    noon, afternoon = (FRIDAY_NOON, FRIDAY_AFTERNOON) if friday else (NOON, AFTERNOON)
    name = f"D{number + 1:02}"
    sessions = [
        {"id": f"{name}-AM", "start": MORNING, "end": noon},
        {"id": f"{name}-PM", "start": afternoon, "end": EVENING},
    ]
    return {"id": name, "date": when.isoformat(), "sessions": sessions}


def _span(day, start=MORNING, end=EVENING, **more):
    return {"day": f"D{day + 1:02}", "start": start, "end": end, **more}


def _half(day, chance, **more):
    return _span(day, *chance.choice(((MORNING, NOON), (AFTERNOON, EVENING))), **more)


def _room(number, days, chance):
    modes = ["onsite"] if number % 3 == 2 else ["onsite", "online"]
    lost = [_span(chance.randrange(len(days)), MORNING, MORNING + 60)] if chance.random() < 0.5 else []
    return {"id": f"R{number + 1:02}", "modes": modes, "unavailable": lost}


def _member(number, days, nominees, chance):
    role = {0: "ketua", 1: "sekretaris"}.get(number % 9, "anggota")
    away = [_half(chance.randrange(days), chance) for _ in range(chance.randrange(1 + days // 5))]
    # With both of a pair of mandatory seats recused a nominee could not be met at all.
    recused = chance.sample([one["id"] for one in nominees], k=chance.randrange(3)) if role == "anggota" else []
    return {
        "id": f"M{number + 1:02}",
        "roles": [role],
        "unsur": UNSUR[number % 9],
        "unavailable": away,
        "recused": sorted(recused),
    }


def _nominee(number, days, chance):
    (category, *_rest) = chance.choices(CATEGORIES, weights=[share for *_, share in CATEGORIES])[0]
    region = chance.choice(REGIONS)
    found = {"id": f"N{number + 1:04}", "category": category, "region": region}
    found["mode"] = "online" if category == "DESA" and chance.random() < 0.3 else "onsite"
    if chance.random() < 0.1:
        # Earliest arrival: from noon of some day on, and the day after.
        first = chance.randrange(days - 1)
        found["windows"] = [_span(first, AFTERNOON), _span(first + 1)]
    if chance.random() < 0.15:
        found["avoid"] = [_half(chance.randrange(days), chance, cost=chance.randrange(1, 6))]
    if chance.random() < 0.05:
        found["persons"] = [f"{region} {chance.randrange(3)}"]
    return found


def main(arguments):
    size, *seed = arguments
    sys.stdout.write(json.dumps(generate(size, int(seed[0]) if seed else 0), indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
