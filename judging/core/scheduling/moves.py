"""Small changes of a lineup, chosen by chance: whom to meet where, who sits, and where time is left free."""

from collections.abc import Callable
from random import Random

from .lineup import Item, Line, Lineup

Lines = dict[int, Line]
TRIES = 6  # looks for a partner of the same kind


class Moves:
    """Proposes changes of ``lineup``. Most of them the rules refuse or nobody wants: asking is cheap."""

    def __init__(self, lineup: Lineup, chance: Random) -> None:
        self.of = lineup
        self.on = lineup.on
        self.chance = chance
        self.everybody = (1 << len(self.on.members)) - 1
        by_session: dict[tuple[int, str], list[int]] = {}
        for at, run in enumerate(self.on.runs):
            by_session.setdefault((run.day, run.session), []).append(at)
        self.beside = [tuple(by_session[run.day, run.session]) for run in self.on.runs]
        self.of_day: list[list[int]] = [[] for _ in self.on.days]
        for at, run in enumerate(self.on.runs):
            self.of_day[run.day].append(at)
        by_category: dict[int, list[int]] = {}
        for nominee, category in enumerate(self.on.category):
            by_category.setdefault(category, []).append(nominee)
        self.alike = [by_category[category] for category in self.on.category]
        self.kinds: list[tuple[int, Callable[[], Lines | None]]] = [
            (30, self.exchange),
            (14, self.relocate),
            (18, self.substitute),
            (10, self.enlarge),
            (6, self.reorder),
            (8, self.shift),
            (9, self.cross),
            (5, self.trade),
        ]
        self.wheel = [act for weight, act in self.kinds for _ in range(weight)]

    def next(self) -> Lines | None:
        """Another change, or None if this time there was none."""
        return self.wheel[int(self.chance.random() * len(self.wheel))]()

    # Chance

    def _below(self, number: int) -> int:
        return int(self.chance.random() * number)

    def _somebody(self) -> int:
        return self._below(len(self.on.names))

    def _used_run(self) -> int | None:
        """The run of somebody."""
        return self.of.where.get(self._somebody())

    @staticmethod
    def _index(line: Line, nominee: int) -> int:
        for at, one in enumerate(line):
            if one[0] == nominee:
                return at
        raise LookupError(nominee)

    # Whom to meet where

    def exchange(self) -> Lines | None:
        """Two nominees in each other's place, mostly of one category."""
        one = self._somebody()
        if self.chance.random() < 0.85:
            alike = self.alike[one]
            other = alike[self._below(len(alike))]
        else:
            other = self._somebody()
        here, there = self.of.where.get(one), self.of.where.get(other)
        if one == other or here is None or there is None:
            return None
        return self._exchanged(one, here, other, there)

    def _exchanged(self, one: int, here: int, other: int, there: int) -> Lines:
        lines = {here: list(self.of.lines[here])}
        if there != here:
            lines[there] = list(self.of.lines[there])
        first, second = self._index(lines[here], one), self._index(lines[there], other)
        lines[here][first] = Item(other, *lines[here][first][1:])
        lines[there][second] = Item(one, *lines[there][second][1:])
        return dict(lines)

    def relocate(self) -> Lines | None:
        """Somebody beside somebody else, or alone in a run that was empty."""
        one = self._somebody()
        here = self.of.where.get(one)
        if here is None:
            return None
        if self.chance.random() < 0.1:
            return self._alone(one, here)
        other = self.alike[one][self._below(len(self.alike[one]))] if self.chance.random() < 0.8 else self._somebody()
        there = self.of.where.get(other)
        if there is None or other == one:
            return None
        source = list(self.of.lines[here])
        source.pop(self._index(source, one))
        target = source if there == here else list(self.of.lines[there])
        at = self._index(target, other)
        panel = target[at].panel
        if self.chance.random() < 0.5:
            at += 1
            target.insert(at, Item(one, panel))
        else:
            target[at : at + 1] = [Item(one, panel, target[at].gap), target[at]._replace(gap=0)]
        return {here: source, there: target}

    def insert(self, one: int) -> Lines | None:
        """Somebody who is nowhere, beside somebody else or in an empty run."""
        there = self._below(len(self.on.runs))
        if not self.on.open[one][there]:
            return None
        line = list(self.of.lines[there])
        if not line:
            panel = self._panel_for(there, one, 0)
            return None if panel is None else {there: [Item(one, panel, self._below(4))]}
        at = self._below(len(line) + 1)
        line.insert(at, Item(one, line[min(at, len(line) - 1)].panel))
        return {there: line}

    def _alone(self, one: int, here: int) -> Lines | None:
        there = self._below(len(self.on.runs))
        if self.of.lines[there] or not self.on.open[one][there]:
            return None
        source = list(self.of.lines[here])
        item = source.pop(self._index(source, one))
        panel = self._panel_for(there, one, item.panel)
        return None if panel is None else {here: source, there: [Item(one, panel)]}

    def _panel_for(self, at: int, nominee: int, wanted: int) -> int | None:
        """Who could sit through an empty run: as in the same room that day, as wanted, or anybody free."""
        run, category = self.on.runs[at], self.on.category[nominee]
        span = (1 << run.end) - (1 << run.begin)
        away = self.on.away[run.day]
        free = sum(1 << one for one, taken in enumerate(self.of.busy[run.day]) if not (taken | away[one]) & span)
        free &= ~self.on.recused[nominee]
        near = [self.of.lines[other][0].panel for other in self.on.rows[self.on.row_of[at]] if self.of.lines[other]]
        for panel in (*near, wanted):
            if panel & free == panel and self.of.missing(category, panel) >= 0:
                return panel
        return self._drawn(category, free)

    def _drawn(self, category: int, free: int) -> int | None:
        """A panel for ``category`` out of ``free``, by chance but those first who have sat less."""
        order = list(self.of.seats(free))
        self.chance.shuffle(order)
        order.sort(key=lambda member: self.of.loads[member] // 16)
        asked = self.on.problem.categories[category]
        panel = 0
        for name in asked.role_groups:
            short = self.on.problem.role_group[name].min - (panel & self.of.able(name)).bit_count()
            fitting = [one for one in order if self.of.able(name) & ~panel & 1 << one]
            panel |= sum(1 << one for one in fitting[: max(short, 0)])
        for one in order:
            if panel.bit_count() >= asked.quorum and self.of.missing(category, panel) == 0:
                break
            grown = panel | 1 << one
            if panel.bit_count() < asked.quorum or self.of.missing(category, grown) < self.of.missing(category, panel):
                panel = grown
        return panel if self.of.missing(category, panel) >= 0 else None

    def reorder(self) -> Lines | None:
        """Somebody earlier or later in the same run."""
        at = self._used_run()
        if at is None or len(self.of.lines[at]) < 2:
            return None
        line = list(self.of.lines[at])
        one, other = self._below(len(line)), self._below(len(line))
        if one == other:
            return None
        names = [item[0] for item in line]
        names.insert(other, names.pop(one))
        return {at: [Item(name, item[1], item[2]) for name, item in zip(names, line, strict=True)]}

    def cross(self) -> Lines | None:
        """Two runs go on with each other's nominees; panels stay where they are."""
        here, there = self._used_run(), self._used_run()
        if here is None or there is None or here == there:
            return None
        one, other = self.of.lines[here], self.of.lines[there]
        first, second = self._below(len(one) + 1), self._below(len(other) + 1)
        if self.chance.random() < 0.5:
            second = min(first, len(other))
        lines: Lines = {
            here: self._seated([*one[:first], *other[second:]], one),
            there: self._seated([*other[:second], *one[first:]], other),
        }
        return lines

    @staticmethod
    def _seated(line: list[Item], panels: Line) -> list[Item]:
        """``line`` before the panels of another, and with its gaps."""
        last = len(panels) - 1
        return [
            Item(one[0], panels[min(at, last)][1], panels[at][2] if at <= last else 0) for at, one in enumerate(line)
        ]

    def trade(self) -> Lines | None:
        """Two rows, or two runs, with each other's nominees."""
        here, there = self._used_run(), self._used_run()
        if here is None or there is None or here == there:
            return None
        pairs = [(here, there)]
        if self.chance.random() < 0.5:
            rows = self.on.rows[self.on.row_of[here]], self.on.rows[self.on.row_of[there]]
            if rows[0] is rows[1] or len(rows[0]) != len(rows[1]):
                return None
            pairs = list(zip(*rows, strict=True))
        lines: Lines = {}
        for one, other in pairs:
            if not self.of.lines[one] or not self.of.lines[other]:
                return None
            lines[one] = self._seated(list(self.of.lines[other]), self.of.lines[one])
            lines[other] = self._seated(list(self.of.lines[one]), self.of.lines[other])
        return lines

    # Who sits

    def _stretch(self, at: int, seat: int) -> tuple[int, int, list[Item]] | None:
        """Neighbouring interviews with ``seat``, around a random one; at times that one alone or the rest only."""
        line = list(self.of.lines[at])
        middle = self._below(len(line))
        if not line[middle].panel >> seat & 1:
            return None
        first = last = middle
        how = self.chance.random()
        if how < 0.9:
            while first > 0 and line[first - 1].panel >> seat & 1:
                first -= 1
        if how < 0.85 or how > 0.95:
            while last + 1 < len(line) and line[last + 1].panel >> seat & 1:
                last += 1
        return first, last + 1, line

    def substitute(self) -> Lines | None:
        """One member for another; whoever sits in a neighbouring room changes places with the one that goes."""
        at = self._used_run()
        if at is None:
            return None
        seats = self.of.seats(self.of.lines[at][0].panel)
        gone = seats[self._below(len(seats))]
        come = self._below(len(self.on.members))
        if come == gone:
            return None
        found = self._stretch(at, gone)
        if found is None:
            return None
        first, last, line = found
        lines: Lines = {}
        out, into = 1 << gone, 1 << come
        for number in range(first, last):
            if line[number].panel & into:
                return None
            line[number] = line[number]._replace(panel=line[number].panel & ~out | into)
        lines[at] = line
        for other in self.beside[at]:
            if other != at and come in self.of.looks[other].busy:
                swapped = [
                    one._replace(panel=one.panel & ~into | out) if one.panel & into else one
                    for one in self.of.lines[other]
                ]
                lines[other] = swapped
        return lines

    def enlarge(self) -> Lines | None:
        """One member more or fewer."""
        at = self._used_run()
        if at is None:
            return None
        line = list(self.of.lines[at])
        seat = self._below(len(self.on.members))
        bit = 1 << seat
        if line[0].panel & bit or any(one.panel & bit for one in line):
            found = self._stretch(at, seat)
            if found is None:
                return None
            first, last, line = found
            line[first:last] = [one._replace(panel=one.panel & ~bit) for one in line[first:last]]
            return {at: line}
        return {at: [one._replace(panel=one.panel | bit) for one in line]}

    # Time left free

    def shift(self) -> Lines | None:
        """More or less time left free somewhere in a run."""
        at = self._used_run()
        if at is None:
            return None
        line = list(self.of.lines[at])
        one = self._below(len(line))
        gap = line[one].gap
        wanted = 0 if gap and self.chance.random() < 0.5 else gap + self._below(4) - 1
        if wanted < 0 or wanted == gap:
            return None
        line[one] = line[one]._replace(gap=wanted)
        if self.chance.random() < 0.5 and len(line) > 1:
            other = self._below(len(line))
            if other != one:
                line[other] = line[other]._replace(gap=max(0, line[other].gap + gap - wanted))
        return {at: line}
