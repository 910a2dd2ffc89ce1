"""Small random problems and plans as documents, right and wrong in every way that the format knows."""

DAYS = ("D1", "D2")


def problem(chance):
    """A problem of a few nominees; nothing says that it fits."""
    grid = chance.choice((5, 10, 15))
    nominees = [nominee(number, chance) for number in range(chance.randrange(1, 8))]
    ids = [one["id"] for one in nominees]
    return {
        "grid_min": grid,
        "days": [{"id": day, "sessions": sessions(chance)} for day in DAYS],
        "categories": [category(name, chance) for name in "AB"],
        "role_groups": [
            {"id": "HEAD", "any_of": ["ketua", "sekretaris"], "min": chance.choice((1, 1, 2))},
            {"id": "LAW", "any_of": ["hukum"], "min": 1},
        ],
        "rooms": [
            {"id": room, "modes": chance.choice((["onsite"], ["online"], ["onsite", "online"]))}
            | {"unavailable": spans(chance, 0.3)}
            for room in ("R1", "R2")
        ],
        "members": [member(number, ids, chance) for number in range(6)],
        "nominees": nominees,
        "rules": {
            "max_continuous_min": chance.choice((60, 90, 600)),
            "min_break_min": chance.choice((0, 10, 30)),
            "max_minutes_per_day": chance.choice((80, 120, 600)),
        },
        "pins": [pin(name, chance) for name in ids if chance.random() < 0.15],
        "baseline": [meeting(name, chance, grid) for name in ids if chance.random() < 0.4],
        "weights": {},
    }


def sessions(chance):
    found = [{"id": "AM", "start": 480, "end": chance.choice((540, 600, 620))}]
    return [*found, {"id": "PM", "start": 640, "end": 760}] if chance.random() < 0.8 else found


def category(name, chance):
    return {
        "id": name,
        "duration": chance.choice((15, 20, 30)),
        "buffer": chance.choice((0, 10, 15)),
        "quorum": chance.choice((1, 2, 3)),
        "panel_max": chance.choice((3, 4, 6)),
        "unsur_target": chance.choice((0, 2, 4)),
        "role_groups": chance.choice(([], ["HEAD"], ["HEAD", "LAW"])),
    }


def spans(chance, often, **more):
    if chance.random() > often:
        return []
    start = chance.randrange(470, 700, 5)
    return [{"day": chance.choice(DAYS), "start": start, "end": start + chance.choice((20, 60, 200)), **more}]


def member(number, ids, chance):
    found = {
        "id": f"M{number}",
        "roles": chance.choice((["ketua"], ["sekretaris", "hukum"], ["anggota"], [])),
        "unsur": chance.choice("pqrs"),
        "unavailable": spans(chance, 0.3),
        "recused": [name for name in ids if chance.random() < 0.1],
    }
    found |= {"max_minutes_per_day": chance.choice((40, 100, 500))} if chance.random() < 0.2 else {}
    return found | ({"balance": False} if chance.random() < 0.2 else {})


def nominee(number, chance):
    found = {"id": f"N{number}", "category": chance.choice("AB"), "mode": chance.choice(("onsite", "onsite", "online"))}
    found |= {"region": chance.choice(("Timor", "Alor"))} if chance.random() < 0.8 else {}
    found |= {"duration": chance.choice((10, 45))} if chance.random() < 0.2 else {}
    found |= {"persons": [chance.choice(("bupati", "camat"))]} if chance.random() < 0.3 else {}
    windows, avoid = spans(chance, 0.3), spans(chance, 0.3, cost=chance.randrange(1, 5))
    return found | ({"windows": windows} if windows else {}) | ({"avoid": avoid} if avoid else {})


def pin(name, chance):
    full = meeting(name, chance, 5)
    full["members"] = sorted(set(full["members"]))
    kept = [key for key in ("day", "start", "room", "members") if chance.random() < 0.4]
    return {"nominee": name} | {key: full[key] for key in kept}


def meeting(name, chance, grid):
    """An interview anywhere, mostly on the grid and mostly without anybody twice."""
    steps = chance.randrange(470 // grid, 760 // grid)
    members = chance.sample([f"M{number}" for number in range(6)], k=chance.randrange(6))
    return {
        "nominee": name,
        "day": chance.choice(DAYS),
        "start": steps * grid,
        "room": chance.choice(("R1", "R2")),
        "members": members,
    }


def plan(given, chance):
    """Interviews for most nominees, now and then one off the grid, with a member twice, or of a nominee again."""
    found = [meeting(one["id"], chance, given["grid_min"]) for one in given["nominees"] if chance.random() < 0.9]
    for one in found:
        one["start"] += chance.choice((0,) * 9 + (1,))
        if one["members"] and chance.random() < 0.05:
            one["members"].append(one["members"][0])
    if found and chance.random() < 0.1:
        found.append(meeting(found[0]["nominee"], chance, given["grid_min"]))
    return found
