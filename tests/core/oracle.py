"""A second, naive tabulation written from the definitions alone; it shares no line with the product.

Works on the raw document with ``Fraction`` and the obvious, slow way to do each thing.
"""

from fractions import Fraction
from functools import cmp_to_key
from itertools import pairwise
from math import floor


def rnd(x, rule):
    y = x * 10 ** rule["places"]
    low, rest = floor(y), y - floor(y)
    mode = rule["mode"]
    if mode == "half_up":
        up = rest >= Fraction(1, 2)
    elif mode == "half_even":
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and low % 2 == 1)
    else:
        up = mode == "up" and rest > 0
    return Fraction(low + up, 10 ** rule["places"])


def clamp(x):
    return max(Fraction(0), min(Fraction(100), x))


def scaled(leaf, v):
    low, high = Fraction(leaf.get("min", "0")), Fraction(leaf.get("max", "100"))
    return clamp((v - low) / (high - low) * 100 if leaf.get("normalise") == "range" else v / high * 100)


def combine(values, policy, leaf=None):
    values = sorted(values)
    method = policy.get("panel_methods", {}).get(leaf, policy["panel_method"])
    if method == "median":
        middle = values[(len(values) - 1) // 2], values[len(values) // 2]
        return sum(middle) / 2
    if method == "trimmed" and len(values) >= policy["trim_min_n"]:
        values = values[policy["trim"] : len(values) - policy["trim"]]
    return sum(values) / Fraction(len(values))


def transformed(t, v, peers):
    if t["type"] == "identity":
        return clamp(v)
    if t["type"] == "linear":
        return clamp((v - Fraction(t["lo"])) / (Fraction(t["hi"]) - Fraction(t["lo"])) * 100)
    if t["type"] == "minmax":
        low, high = min(peers), max(peers)
        if low == high:
            return clamp(Fraction(t["all_equal"]))
        up = (v - low) / (high - low) * 100
        return up if t["better"] == "high" else 100 - up
    if t["type"] == "step":
        score = Fraction(t["below"])
        for threshold, points in t["steps"]:
            if Fraction(threshold) <= v:
                score = Fraction(points)
        return clamp(score)
    return between([(Fraction(x), Fraction(y)) for x, y in t["knots"]], v)


def between(knots, v):
    if v <= knots[0][0]:
        return clamp(knots[0][1])
    for (a, b), (c, d) in pairwise(knots):
        if a <= v <= c:
            return clamp(b + (d - b) * (v - a) / (c - a))
    return clamp(knots[-1][1])


class Oracle:
    def __init__(self, doc):
        self.doc, self.policy = doc, doc["policy"]
        self.na = {tuple(x) for x in doc.get("not_applicable", [])}
        recused = {tuple(x) for x in doc["recusals"]}
        self.marks = {(j, n, c): Fraction(v) for j, n, c, v in doc["scores"] if (j, n) not in recused}
        self.leaves = self.collect(doc["tree"])
        self.names = sorted(doc["nominees"])

    def collect(self, node):
        return [x for c in node["children"] for x in self.collect(c)] if "children" in node else [node]

    def kind(self, leaf):
        return leaf.get("kind", "panel")

    def applicable(self, n, kinds):
        return [x for x in self.leaves if self.kind(x) in kinds and (n, x["id"]) not in self.na]

    def drops(self, node, n):
        if "children" not in node:
            return (n, node["id"]) in self.na
        return sum(Fraction(c["weight"]) for c in node["children"] if not self.drops(c, n)) == 0

    def node(self, node, n, scores, out, every):
        """Score of a node from leaf scores; fills ``out``."""
        if "children" not in node:
            score = scores[node["id"]]
            out[node["id"]] = rnd(score, self.policy["rounding"]) if every else score
            return out[node["id"]]
        stay = [c for c in node["children"] if not self.drops(c, n)]
        whole = sum(Fraction(c["weight"]) for c in stay)
        total = Fraction(0)
        for c in stay:
            part = Fraction(c["weight"]) / whole * self.node(c, n, scores, out, every)
            total += rnd(part, self.policy["rounding"]) if every else part
        out[node["id"]] = total
        return total

    def values(self, n):
        """Leaf scores of fixed and indicator leaves, None when missing."""
        found = {}
        for leaf in self.applicable(n, ("fixed", "indicator")):
            v = self.doc["values"].get(n, {}).get(leaf["id"])
            if v is None:
                found[leaf["id"]] = Fraction(0) if self.policy["missing_value"] == "zero" else None
            elif self.kind(leaf) == "fixed":
                found[leaf["id"]] = scaled(leaf, Fraction(v))
            else:
                peers = [
                    Fraction(self.doc["values"][m][leaf["id"]])
                    for m in self.names
                    if m not in self.doc["disqualified"] and leaf["id"] in self.doc["values"].get(m, {})
                ]
                found[leaf["id"]] = transformed(leaf["transform"], Fraction(v), peers)
        return found

    def sheets(self, n):
        """Judge -> node scores of the complete sheet."""
        panel, found = self.applicable(n, ("panel",)), {}
        for j in self.doc["judges"]:
            if panel and all((j, n, x["id"]) in self.marks for x in panel):
                scores = self.values(n) | {x["id"]: scaled(x, self.marks[j, n, x["id"]]) for x in panel}
                found[j] = {}
                self.node(self.doc["tree"], n, scores, found[j], False)
        return found

    def nominee(self, n):
        """(reason, nodes)"""
        if n in self.doc["disqualified"]:
            return "disqualified", None
        if self.drops(self.doc["tree"], n):
            return "not_applicable", None
        need, panel = max(1, self.policy["min_scores"]), self.applicable(n, ("panel",))
        by_sheet = self.policy["panel_level"] == "judge"
        given = {x["id"]: [v for (j, m, c), v in self.marks.items() if (m, c) == (n, x["id"])] for x in panel}
        complete = [j for j in self.doc["judges"] if all((j, n, x["id"]) in self.marks for x in panel)]
        if by_sheet and panel and len(complete) < need:
            return "insufficient_scores:sheets", None
        for x in panel:
            if not by_sheet and len(given[x["id"]]) < need:
                return f"insufficient_scores:{x['id']}", None
        scores = self.values(n)
        for name, score in scores.items():
            if score is None:
                return f"missing_value:{name}", None
        nodes = {}
        if by_sheet and panel:
            sheets = self.sheets(n)
            for name in sheets[complete[0]]:
                nodes[name] = combine([sheets[j][name] for j in sheets], self.policy)
        else:
            scores |= {x["id"]: scaled(x, combine(given[x["id"]], self.policy, x["id"])) for x in panel}
            self.node(self.doc["tree"], n, scores, nodes, self.policy["rounding"]["at"] == "every")
        return None, nodes

    def run(self):
        found = {n: self.nominee(n) for n in self.names}
        root, rule = self.doc["tree"]["id"], self.policy["rounding"]
        self.nodes = {n: nodes for n, (reason, nodes) in found.items() if reason is None}
        self.totals = {n: {j: x[root] for j, x in self.sheets(n).items()} for n in self.nodes}
        exact = {n: nodes[root] for n, nodes in self.nodes.items()}
        key = {n: rnd(x, rule) if rule["at"] == "final" else x for n, x in exact.items()}
        groups = []
        for score in sorted(set(key.values()), reverse=True):
            groups += self.chain([n for n in self.names if key.get(n) == score])
        ranks, labels = self.ranks(groups), self.policy["labels"]
        answer, start, decision = {}, 1, False
        for n, (reason, _) in found.items():
            answer[n] = (reason, None, None, None, None)
        for group in groups:
            for n in group:
                r = ranks[n]
                award = labels[int(r) - 1] if Fraction(r).denominator == 1 and r <= len(labels) else None
                rank = str(r) if self.policy["ranking"] == "fractional" else int(r)
                answer[n] = (None, str(exact[n]), rnd(exact[n], rule), rank, award)
                decision |= len(group) > 1 and (award is not None or start <= len(labels))
            start += len(group)
        return answer, [g for g in groups if len(g) > 1], decision

    def ranks(self, groups):
        found, before = {}, 0
        for nth, group in enumerate(groups, 1):
            size = len(group)
            for k, n in enumerate(group):
                found[n] = {
                    "1224": before + 1,
                    "1334": before + size,
                    "1223": nth,
                    "1234": before + k + 1,
                    "fractional": Fraction(2 * before + size + 1, 2),
                }[self.policy["ranking"]]
            before += size
        return found

    def chain(self, group):
        groups = [sorted(group)]
        for step in self.policy["tie_break"]:
            for basis in self.heaviest() if step == "by_weight" else [step.partition(":")[2]]:
                groups = [part for g in groups for part in self.part(g, step, basis)]
        return groups

    def heaviest(self):
        weight = {}

        def walk(node, w):
            if "children" not in node:
                weight[node["id"]] = w
            for c in node.get("children", []):
                walk(c, w * Fraction(c["weight"]) / 100)

        walk(self.doc["tree"], Fraction(100))
        return sorted(weight, key=cmp_to_key(lambda a, b: (weight[a] < weight[b]) - (weight[a] > weight[b])))

    def part(self, group, step, basis):
        if len(group) == 1:
            return [group]
        measured = {n: self.measure(n, group, step, basis) for n in group}
        if None in measured.values():
            return [group]
        return [[n for n in group if measured[n] == m] for m in sorted(set(measured.values()), reverse=True)]

    def measure(self, n, group, step, basis):
        if step == "median":
            t = sorted(self.totals[n].values())
            return (t[(len(t) - 1) // 2] + t[len(t) // 2]) / 2 if t else None
        if step == "first_places":
            best = 0
            for j in self.doc["judges"]:
                all_totals = [t[j] for t in self.totals.values() if j in t]
                best += j in self.totals[n] and self.totals[n][j] == max(all_totals)
            return best
        if step == "fewest_low":
            low = 0
            for j in self.doc["judges"]:
                all_totals = [t[j] for t in self.totals.values() if j in t]
                low += j in self.totals[n] and self.totals[n][j] == min(all_totals)
            return -low
        if step == "head_to_head":
            return sum(self.duel(n, m) for m in group if m != n)
        if step == "chair":
            for d in self.policy["chair"]:
                if d["reason"].strip() and all(m in d["order"] for m in group):
                    return -d["order"].index(n)
            return None
        return self.nodes[n].get(basis)

    def duel(self, one, other):
        both = [j for j in self.doc["judges"] if j in self.totals[one] and j in self.totals[other]]
        won = [j for j in both if self.totals[one][j] > self.totals[other][j]]
        lost = [j for j in both if self.totals[one][j] < self.totals[other][j]]
        return Fraction(1) if len(won) > len(lost) else Fraction(len(won) == len(lost), 2)
