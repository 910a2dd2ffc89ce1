"""The open format read a second time: plain dictionaries and ranges of minutes, from the text of the format alone.

Shares nothing with ``judging.core.scheduling``. Where the text leaves something open, the choice is named beside it.
"""

from itertools import combinations, pairwise


def by_id(rows):
    return {row["id"]: row for row in rows}


def common(one, other):
    """The minutes that two ranges share."""
    return range(max(one.start, other.start), min(one.stop, other.stop))


def inside(one, other):
    return len(common(one, other)) == len(one)


def span_of(row):
    return range(row["start"], row["end"])


class Reading:
    """A problem and a plan, a list of ``assignments``. ``broken`` and ``counts`` are the answers."""

    def __init__(self, problem, plan):
        self.problem, self.plan = problem, plan
        self.rooms, self.days, self.categories, self.groups, self.members, self.nominees = (
            by_id(problem[key]) for key in ("rooms", "days", "categories", "role_groups", "members", "nominees")
        )
        self.found = set()
        self._sessions = {id(m): self._session(m) for m in plan}
        self._taken = {id(m): self._occupied(m) for m in plan}

    def category(self, m):
        return self.nominees[m["nominee"]]["category"]

    def talk(self, m):
        """The minutes of the interview."""
        own = self.nominees[m["nominee"]].get("duration")
        return range(m["start"], m["start"] + (own or self.categories[self.category(m)]["duration"]))

    def session(self, m):
        return self._sessions[id(m)]

    def taken(self, m):
        return self._taken[id(m)]

    def _session(self, m):
        """The id of the session that holds the interview, if one does."""
        held = [one["id"] for one in self.days[m["day"]]["sessions"] if inside(self.talk(m), span_of(one))]
        return held[0] if held else None

    def _occupied(self, m):
        """Interview and buffer, the buffer cut at the end of the session (outside of all sessions: not cut)."""
        talk = self.talk(m)
        full = range(talk.start, talk.stop + self.categories[self.category(m)]["buffer"])
        ends = [one["end"] for one in self.days[m["day"]]["sessions"] if one["id"] == self.session(m)]
        return range(full.start, min([full.stop, *ends]))

    def hits(self, m, spans):
        """Those of ``spans`` that have a minute of the interview."""
        return [one for one in spans if one["day"] == m["day"] and common(self.talk(m), span_of(one))]

    def say(self, name, *meetings, member=None):
        self.found.add((name, frozenset(m["nominee"] for m in meetings), member))

    def broken(self):
        """Every requirement that does not hold: (name, frozenset of the nominees whom it is about, member or None)."""
        for nominee in self.nominees:
            times = [m["nominee"] for m in self.plan].count(nominee)
            if times != 1:
                self.say("again" if times else "never", {"nominee": nominee})
        for m in self.plan:
            self.place_and_time(m)
            self.people(m)
            self.panel(m)
            self.pinned(m)
        for pair in combinations(self.plan, 2):
            self.together(*pair)
        for name in self.members:
            for day in self.days:
                self.day_of(name, [m for m in self.plan if m["day"] == day and name in m["members"]])
        return self.found

    def place_and_time(self, m):
        who, room = self.nominees[m["nominee"]], self.rooms[m["room"]]
        windows = who.get("windows")
        held = [one for one in windows or [] if one["day"] == m["day"] and inside(self.talk(m), span_of(one))]
        faults = {
            "grid": m["start"] not in range(0, 10_000, self.problem["grid_min"]),
            "session": self.session(m) is None,
            "window": windows and not held,
            "mode": who["mode"] not in room["modes"],
            # "The room is free": for the interview, as a member is available for the interview.
            "closed": self.hits(m, room["unavailable"]),
        }
        for name in (name for name, fault in faults.items() if fault):
            self.say(name, m)

    def people(self, m):
        for name in m["members"]:
            if self.hits(m, self.members[name]["unavailable"]):
                self.say("away", m, member=name)
            if m["nominee"] in self.members[name]["recused"]:
                self.say("recused", m, member=name)
            if m["members"].count(name) > 1:
                self.say("member again", m, member=name)

    def panel(self, m):
        sitting, category = set(m["members"]), self.categories[self.category(m)]
        if len(sitting) < category["quorum"]:
            self.say("quorum", m)
        if len(sitting) > category["panel_max"]:
            self.say("panel_max", m)
        for group in map(self.groups.get, category["role_groups"]):
            if sum(not set(self.members[name]["roles"]).isdisjoint(group["any_of"]) for name in sitting) < group["min"]:
                self.say("role", m)

    def pinned(self, m):
        for pin in self.problem["pins"]:
            asked = {key: {*value} if key == "members" else value for key, value in pin.items()}
            found = {**m, "members": {*m["members"]}}
            if pin["nominee"] == m["nominee"] and any(found[key] != asked[key] for key in asked):
                self.say("pin", m)

    def together(self, one, other):
        if one["day"] != other["day"]:
            return
        busy = common(self.taken(one), self.taken(other))
        if busy and one["room"] == other["room"]:
            self.say("room", one, other)
        for name in set(one["members"]) & set(other["members"]):
            if busy:
                self.say("member", one, other, member=name)
        persons = [set(self.nominees[m["nominee"]].get("persons", [])) for m in (one, other)]
        if common(self.talk(one), self.talk(other)) and not persons[0].isdisjoint(persons[1]):
            self.say("person", one, other)

    def day_of(self, name, mine):
        rules = self.problem["rules"]
        both = (rules["max_minutes_per_day"], self.members[name].get("max_minutes_per_day", 10**6))
        if sum(len(self.taken(m)) for m in mine) > min(both):
            self.say("load", *mine, member=name)
        if not mine:
            return
        minutes = sorted({minute for m in mine for minute in self.taken(m)})
        # A short gap is no break: the stretch runs on through it. A break of no minutes at all is none either.
        cuts = [0] + [i for i in range(1, len(minutes)) if minutes[i] - minutes[i - 1] > max(rules["min_break_min"], 1)]
        for first, last in pairwise([*cuts, len(minutes)]):
            stretch = range(minutes[first], minutes[last - 1] + 1)
            if len(stretch) > rules["max_continuous_min"]:
                self.say("rest", *(m for m in mine if m["start"] in stretch), member=name)

    def counts(self):
        """Every wish of a plan in which nobody is met twice and everybody within a session."""
        return {
            "unsur_missing": sum(map(self.unsur_short, self.plan)),
            "category_switch": self.switches(),
            "category_day": sum(self.days_over(lambda who, c=c: who["category"] == c) for c in self.categories),
            "region_day": sum(
                self.days_over(lambda who, r=r: who.get("region") == r and who["mode"] == "onsite")
                for r in {who.get("region") for who in self.nominees.values()} - {None}
            ),
            "preference": sum(
                span["cost"] for m in self.plan for span in self.hits(m, self.nominees[m["nominee"]].get("avoid", []))
            ),
            "idle": sum(
                len(range(self.taken(a).stop, b["start"])) // self.problem["grid_min"] for a, b in self.followers()
            ),
            "load_range": self.load_steps(),
            "panel_join": sum(len({*b["members"]} - {*a["members"]}) for a, b in self.followers()),
            **self.away_from_baseline(),
        }

    def unsur_short(self, m):
        there = len({self.members[name]["unsur"] for name in m["members"]})
        return max(self.categories[self.category(m)]["unsur_target"], there) - there

    def row(self, room, day):
        return sorted((m for m in self.plan if (m["room"], m["day"]) == (room, day)), key=lambda m: m["start"])

    def switches(self):
        rows = [self.row(room, day) for room in self.rooms for day in self.days]
        return sum(self.category(a) != self.category(b) for row in rows for a, b in pairwise(row))

    def followers(self):
        for room in self.rooms:
            for day, content in self.days.items():
                for session in content["sessions"]:
                    yield from pairwise(m for m in self.row(room, day) if self.session(m) == session["id"])

    def days_over(self, belongs):
        days = {m["day"] for m in self.plan if belongs(self.nominees[m["nominee"]])}
        return max(len(days) - 1, 0)

    def load_steps(self):
        loads = [
            sum(len(self.taken(m)) for m in self.plan if name in m["members"])
            for name, member in self.members.items()
            if member.get("balance", True)
        ]
        return len(range(min(loads), max(loads), 30)) if loads else 0

    def away_from_baseline(self):
        old = {row["nominee"]: row for row in self.problem.get("baseline", [])}
        pairs = [(old[m["nominee"]], m) for m in self.plan if m["nominee"] in old]
        stays = [(a, b) for a, b in pairs if (a["day"], a["start"]) == (b["day"], b["start"])]
        same = [(a, b) for a, b in stays if a["room"] == b["room"]]
        changed = ({*a["members"]} ^ {*b["members"]} for a, b in same)
        return {
            "move": len(pairs) - len(stays),
            "room_change": len(stays) - len(same),
            "panel_diff": sum(map(len, changed)),
        }
