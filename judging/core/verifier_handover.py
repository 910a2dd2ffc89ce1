#!/usr/bin/env python3
"""Says whether a province's hand-over package ("paritrana.handover/1") is whole, genuine and true to its own result.

    python verifier_handover.py USULAN.zip
    python verifier_handover.py USULAN.zip --key 3f9a1c07...    ... and is it signed with the key that was read aloud?
    python verifier_handover.py USULAN.zip --head 944:HASH      ... and is its log the one whose head the minutes print?

Exit status: 0 everything agrees, 1 something differs, 2 the file or the command cannot be understood.

Needs Python 3.9 or newer and ``verifier.py`` in the same folder, nothing else: no network, no installed package. Both
lie in every package, but whoever alters a package can alter them too: use copies that came another way. Like its
neighbour it shares no code with the program that makes packages, down to the arithmetic of the signature (RFC 8032).
Read from top to bottom:

1. the archive   2. manifest and files   3. the signature   4. the log   5. the count   6. winners   7. papers and
evidence   8. command line
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not sys.flags.isolated:
    del sys.path[0]  # what lies beside this file by chance shall not stand in for Python's own modules

import argparse
import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING or __package__:
    from judging.core import verifier
else:
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    import verifier

    del sys.path[0]

FORMAT, WINNERS, SEAL = "paritrana.handover/1", "paritrana.handover-winners/1", "paritrana.seal/1"
SIZE_LIMIT = 32 * 1024 * 1024  # bytes; nothing in a package is packed, so this is also what it holds at most
PROGRAMS = ("verifier.py", "verifier_handover.py")
LISTED = ("BACA-SAYA.txt", "audit.jsonl", "certificates.json", "evidence.json", "minutes.pdf", "run.json", *PROGRAMS)
FILES = tuple(sorted({*LISTED, "winners.json", "manifest.json", "signature.json"}))
CERTIFICATES = ("certificate", "special_certificate")
EVENT = ("chain", "seq", "at", "action", "actor_name", "object_type", "object_id", "object_label", "payload")
HASHED = (*EVENT, "request_id", "prev_hash")
BROKEN = (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError, RecursionError)


class Fault(NamedTuple):
    """One thing that differs: ``code`` of the check, ``where`` (a file, a field), and in words what was found."""

    code: str
    where: str
    told: str

    def __str__(self) -> str:
        return f"{self.where}: {self.told}"


Faults = Iterator[Fault]


def sha256(content: bytes) -> str:
    """The fingerprint of some bytes, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


# 1. THE ARCHIVE ------------------------------------------------------------------------------------------------------


class Unreadable(Exception):
    """The file is no package at all. ``where`` is a file in it or the archive, the message what is wrong."""

    def __init__(self, where: str, told: str) -> None:
        super().__init__(told)
        self.where = where


def opened(content: bytes) -> dict[str, bytes]:
    """The files of a package by name. Raises :class:`Unreadable`, before anything large is read.

    Only plain entries are taken, each name once, so that nothing can unfold, hide or leave its folder.
    """
    if len(content) > SIZE_LIMIT:
        raise Unreadable("archive", f"it is larger than {SIZE_LIMIT} bytes")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            for entry in entries:
                refuse_entry(entry, names)
            found = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, *BROKEN) as error:
        raise Unreadable("archive", f"it cannot be opened ({type(error).__name__}: {error})") from None
    missing = sorted(set(FILES) - found.keys())
    if missing:
        raise Unreadable(missing[0], "the file is missing")
    if archived(found) != content:
        raise Unreadable("archive", "it is not written the way the product writes it: something lies before, between"
                         " or behind the files")  # fmt: skip
    return found


def refuse_entry(entry: zipfile.ZipInfo, names: Sequence[str]) -> None:
    """An entry that does not belong into a package raises :class:`Unreadable`."""
    name = entry.filename
    if name not in FILES:
        raise Unreadable(name, "this file does not belong into a package")
    if names.count(name) > 1:
        raise Unreadable(name, "the file is there twice")
    if entry.compress_type != zipfile.ZIP_STORED or entry.file_size != entry.compress_size or entry.flag_bits:
        raise Unreadable(name, "the file is packed or locked; a package holds plain files")


def archived(files: dict[str, bytes]) -> bytes:
    """The one archive of these files: sorted by name, nothing packed, dated 1 January 1980."""
    body, directory = [], []
    offset = 0
    for name, content in sorted(files.items()):
        raw, check, size = name.encode("ascii"), zlib.crc32(content), len(content)
        entry = struct.pack("<HHHHHLLLHH", 20, 0, 0, 0, 33, check, size, size, len(raw), 0)
        body += [b"PK\x03\x04", entry, raw, content]
        tail = struct.pack("<HHHLL", 0, 0, 0, 0o100644 << 16, offset)
        directory.append(b"PK\x01\x02" + struct.pack("<BB", 20, 3) + entry + tail + raw)
        offset += 4 + len(entry) + len(raw) + size
    index = b"".join(directory)
    end = struct.pack("<HHHHLLH", 0, 0, len(files), len(files), len(index), offset, 0)
    return b"".join([*body, index, b"PK\x05\x06", end])


def document(files: dict[str, bytes], name: str) -> Any:
    """A JSON file of the package. Raises :class:`Unreadable`."""
    try:
        text = files[name].decode("ascii")
        found = json.loads(
            text,
            parse_float=verifier.no_float,
            parse_constant=verifier.no_float,
            object_pairs_hook=verifier.each_key_once,
        )
        if b"\0" in json.dumps(found, ensure_ascii=False).encode("utf-8") or "\\u0000" in text:
            raise ValueError("it holds a character that is none")  # half a pair does not even encode
        return found
    except (ValueError, RecursionError) as error:
        raise Unreadable(name, f"it cannot be read: {error}") from None


class Package:
    """What was found in the archive, each file read once."""

    def __init__(self, content: bytes) -> None:
        self.files = opened(content)
        self.manifest, self.signature = document(self.files, "manifest.json"), document(self.files, "signature.json")
        self.winners, self.run = document(self.files, "winners.json"), document(self.files, "run.json")
        self.certificates = document(self.files, "certificates.json")
        self.evidence = document(self.files, "evidence.json")

    @cached_property
    def events(self) -> list[dict[str, Any]]:
        """The events of the log. Raises ``ValueError``."""
        lines = self.files["audit.jsonl"].decode("utf-8").split("\n")
        return [json.loads(line, object_pairs_hook=verifier.each_key_once) for line in lines[:-1]]

    def told(self, *actions: str) -> list[dict[str, Any]]:
        """The facts of all events of these kinds, oldest first, each with its ``action``."""
        return [{**json.loads(e["payload"]), "action": e["action"]} for e in self.events if e["action"] in actions]


# 2. MANIFEST AND FILES -----------------------------------------------------------------------------------------------


def manifest_faults(package: Package) -> Faults:
    """The manifest is built as described, says one thing only once, and every file is the one that it lists."""
    manifest, files = package.manifest, package.files
    scope = f"{manifest['edition']['year']}/{manifest['province']['code']}"
    head, run = package.run["audit_head"], package.run
    wanted = {
        "format": (manifest["format"], FORMAT),
        "round / scope": (manifest["round"]["scope"], scope),
        "round / title": (manifest["round"]["title"], run["round"]["title"]),
        "round / zone": (manifest["round"]["zone"], run["round"]["zone"]),
        "round / state": (manifest["round"]["state"] in ("decided", "announced", "closed"), True),
        "edition / is_demo": (manifest["edition"]["is_demo"], run["round"]["is_demo"]),
        "tabulation": (manifest["tabulation"], {"number": run["tabulation"]["number"], "sha256": run["sha256"]}),
        "audit_head": (manifest["audit_head"], {"number": head["number"], "hash": head["hash"]}),
        "minutes / sha256": (manifest["minutes"]["sha256"], sha256(files["minutes.pdf"])),
    }
    for field, (found, expected) in wanted.items():
        if found != expected:
            yield Fault("handover_manifest", field, f"the manifest says {found}, the files say {expected}")
    for name in ("manifest", "signature", "winners", "certificates", "evidence"):
        if files[f"{name}.json"] != (verifier.written(getattr(package, name)) + "\n").encode("ascii"):
            yield Fault("handover_file", f"{name}.json", "it is not written the way the product writes it")
    listed = {row["name"]: row for row in manifest["files"]}
    expected_names = sorted(set(FILES) - {"manifest.json", "signature.json"})
    if [row["name"] for row in manifest["files"]] != expected_names:
        yield Fault("handover_manifest", "files", f"it lists {', '.join(listed)}, not {', '.join(expected_names)}")
    for name in expected_names:
        row = {"name": name, "size": len(files[name]), "sha256": sha256(files[name])}
        if listed.get(name) != row:
            yield Fault("handover_file", name, "the file is not the one whose size and SHA-256 the manifest lists")


# 3. THE SIGNATURE ----------------------------------------------------------------------------------------------------

# Ed25519 as RFC 8032, section 5.1 and appendix A, describe it; a point is (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z.
FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE_D = -121665 * pow(121666, FIELD - 2, FIELD) % FIELD
ROOT = pow(2, (FIELD - 1) // 4, FIELD)
Point = tuple  # of four whole numbers


def recovered(y: int, sign: int) -> int:
    """The x of the point with this y. Raises ``ValueError`` where there is none."""
    if y >= FIELD:
        raise ValueError("no point of the curve")
    square = (y * y - 1) * pow(CURVE_D * y * y + 1, FIELD - 2, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT % FIELD
    if (x * x - square) % FIELD or (x == 0 and sign):
        raise ValueError("no point of the curve")
    return FIELD - x if x & 1 != sign else x


def unpacked(raw: bytes) -> Point:
    """A point from its 32 bytes. Raises ``ValueError``."""
    if len(raw) != 32:
        raise ValueError("not 32 bytes")
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recovered(y, sign)
    return x, y, 1, x * y % FIELD


def added(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a, b = (one[1] - one[0]) * (other[1] - other[0]) % FIELD, (one[1] + one[0]) * (other[1] + other[0]) % FIELD
    c, d = 2 * one[3] * other[3] * CURVE_D % FIELD, 2 * one[2] * other[2] % FIELD
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def times(factor: int, point: Point) -> Point:
    """A point added to itself ``factor`` times."""
    found: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = added(found, point)
        point, factor = added(point, point), factor >> 1
    return found


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``message`` was made with the private half of ``public``."""
    try:
        key, commitment = unpacked(public), unpacked(signature[:32])
    except ValueError:
        return False
    factor = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or factor >= ORDER:
        return False
    base_y = 4 * pow(5, FIELD - 2, FIELD) % FIELD
    base_x = recovered(base_y, 0)
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    left = times(factor, (base_x, base_y, 1, base_x * base_y % FIELD))
    right = added(commitment, times(challenge, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % FIELD or (left[1] * right[2] - right[1] * left[2]) % FIELD)


def signature_faults(package: Package, key: str | None) -> Faults:
    """The manifest is signed by the key that it names; with ``key``, by that very one."""
    told = package.signature
    public, fingerprint = bytes.fromhex(told["public_key"]), told["fingerprint"]
    if (told["format"], told["algorithm"]) != (SEAL, "ed25519"):
        yield Fault("handover_signature", "signature.json", f"it is not a {SEAL} by ed25519")
    if sha256(public) != fingerprint:
        yield Fault("handover_signature", "signature.json", "the fingerprint is not that of the public key")
    if package.manifest["key"] != {"algorithm": "ed25519", "fingerprint": fingerprint}:
        yield Fault("handover_signature", "key", "the manifest names another key than the one that signed")
    if not is_signed(public, package.files["manifest.json"], bytes.fromhex(told["signature"])):
        yield Fault("handover_signature", "signature.json", "the signature does not fit the manifest")
    if key and key != fingerprint:
        yield Fault("handover_signature", "key", f"it is signed with the key {fingerprint}, not {key}")


# 4. THE LOG ----------------------------------------------------------------------------------------------------------


def log_faults(package: Package, head: str | None) -> Faults:
    """Every event of the round's log follows from the one before, and the last is the head that the manifest names."""
    before = "0" * 64
    number = 0
    for number, event in enumerate(package.events, start=1):
        where = f"audit.jsonl, event {number}"
        if set(event) != {*HASHED, "hash"}:
            yield Fault("handover_log", where, "it is not built like an event")
            return
        text = json.dumps(
            {name: event[name] for name in HASHED}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        problems = {
            "an event is missing, was inserted or is of another log": (event["seq"], event["chain"])
            != (number, package.manifest["round"]["scope"]),
            "it does not follow from the event before it": event["prev_hash"] != before,
            "its content was altered": sha256(text.encode()) != event["hash"],
        }
        for told, is_so in problems.items():
            if is_so:
                yield Fault("handover_log", where, told)
                return
        before = event["hash"]
    found = {"number": number, "hash": before}
    if found != package.manifest["audit_head"]:
        yield Fault("handover_log", "audit_head", f"the log ends with {number}:{before}, not with the head named")
    if head:
        told_number, _, told_hash = head.partition(":")
        known = {str(event["seq"]): event["hash"] for event in package.events}
        if known.get(told_number) != told_hash.lower():
            yield Fault("handover_log", "audit_head", f"{head} is no event of this log")


# 5. THE COUNT --------------------------------------------------------------------------------------------------------


def run_faults(package: Package) -> Faults:
    """Every category is counted again, and its input and answer are those that the log says were frozen."""
    run = package.run
    for told in verifier.verify_run(run, package.files["run.json"].decode("ascii")):
        where, _, words = told.partition(": ")
        yield Fault("handover_run", f"run.json, {where}", words)
    if run["round"]["scope"] != package.manifest["round"]["scope"]:
        yield Fault("handover_run", "run.json", f"it is the run of {run['round']['scope']}")
    frozen: dict[str, Any] = {}
    for facts in package.told("tabulation.frozen", "tabulation.pool_frozen"):
        if facts["number"] == run["tabulation"]["number"]:
            frozen.update(facts["parts"])
    for part in run["parts"]:
        hashes = {"input": part["input_sha256"], "answer": part["answer_sha256"]}
        if frozen.get(f"{part['kind']}:{part['code']}") != hashes:
            yield Fault("handover_run", f"run.json, {verifier.part_name(part)}", "it is not what the log says was"
                        " frozen")  # fmt: skip


def decision_faults(package: Package) -> Faults:
    """What the plenary decided is what the log says was carried and stands: nothing more, nothing less, in this order.

    A meeting that was given up leaves its motions behind; exceptions from the quorum come before the meeting.
    """
    standing: dict[Any, dict[str, Any]] = {}
    for facts in package.told("plenary.opened", "decision.recorded", "decision.withdrawn"):
        if facts["action"] == "plenary.opened":
            standing = {key: told for key, told in standing.items() if told["kind"] == "quorum"}
        elif facts["action"] == "decision.recorded":
            standing[facts["decision"]] = facts
        else:
            standing.pop(facts["decision"], None)
    carried = [(told["subject"], carried_as(told)) for told in standing.values() if told["kind"] != "special"]
    listed = []
    for part in package.run["parts"]:
        name, rows = part["name"], [row_as(row) for row in part["decided"]["decisions"]]
        motions = [(name, row) for row in rows if row[0] != "quorum"]
        exceptions = [row for row in rows if row[0] == "quorum"]
        known = all(row in [told for _, told in carried] for row in exceptions)  # told of a category, felt in its pools
        if not known or motions != [told for told in carried if told in motions]:
            told_so = "it rests on a decision that is not in the log, or not in this order"
            yield Fault("handover_decisions", f"run.json, {verifier.part_name(part)}", told_so)
        listed += motions
    for name in sorted({name for name, told in carried if told[0] != "quorum" and (name, told) not in listed}):
        yield Fault("handover_decisions", "run.json", f"it leaves out what was decided about {name}")


def carried_as(told: dict[str, Any]) -> tuple[Any, ...]:
    """A decision in the words of the log: kind, nominees in their order, votes, reason."""
    return told["kind"], [str(number) for number in told["nominations"]], list(told["votes"]), told["reason"]


def row_as(row: dict[str, Any]) -> tuple[Any, ...]:
    """The same of a decision in the run."""
    votes = row["votes"]
    return row["kind"], row["order"], [votes["for"], votes["against"], votes["abstain"]], row["reason"]


# 6. WINNERS ----------------------------------------------------------------------------------------------------------


def winner_faults(package: Package) -> Faults:
    """Each category hands over whoever holds a place within its quota, as decided, and nobody else."""
    told = package.winners
    parts = {part["code"]: part for part in package.run["parts"] if part["kind"] == "category"}
    codes = [row["code"] for row in told["categories"]]
    if (told["format"], told["scope"]) != (WINNERS, package.manifest["round"]["scope"]):
        yield Fault("handover_winners", "winners.json", "it is not the list of winners of this round")
    if sorted(codes) != sorted(parts):
        yield Fault(
            "handover_winners", "winners.json", f"it tells of {', '.join(codes)}, the run of {', '.join(parts)}"
        )
        return
    quotas = quotas_in(package)
    for category in told["categories"]:
        part, where = parts[category["code"]], f"winners.json, {category['code']}"
        quota = quotas.get(category["code"], category["forward_quota"])
        if quota != category["forward_quota"]:
            told_quota = f"the quota is {quota} in the log, not {category['forward_quota']}"
            yield Fault("handover_winners", where, told_quota)
        if category["name"] != part["name"]:
            yield Fault("handover_winners", where, f"the category is called {part['name']} in the run")
        decided = [line(row, part) for row in part["decided"]["standings"] if within(row, category["forward_quota"])]
        listed = [row for row in told["winners"] if row["category"] == category["code"]]
        found = [{name: row[name] for name in ("number", "place", "title", "score", "recipient")} for row in listed]
        difference = verifier.first_difference(sorted(decided, key=order), sorted(found, key=order))
        if difference or len(decided) != len(found):
            names = [row["recipient"] for row in decided]
            yield Fault("handover_winners", where, f"the winners within the quota are {', '.join(names) or 'nobody'}"
                        f" ({(difference or '').replace('recounted', 'as decided')})")  # fmt: skip
    strangers = {row["category"] for row in told["winners"]} - set(codes)
    if strangers:
        yield Fault("handover_winners", "winners.json", f"there is no category {', '.join(sorted(strangers))}")


def quotas_in(package: Package) -> dict[str, int]:
    """Code of a category -> how many the log says it forwards, where the log tells of the category."""
    codes: dict[str, str] = {}
    found: dict[str, int] = {}
    for event in package.events:
        if event["action"] == "category.added":
            facts = json.loads(event["payload"])
            codes[event["object_id"]] = facts["code"]
            found[facts["code"]] = facts["forward_quota"]
        elif event["action"] == "category.changed" and event["object_id"] in codes:
            changes = json.loads(event["payload"])
            if "forward_quota" in changes:
                found[codes[event["object_id"]]] = changes["forward_quota"][1]
    return found


TEXTS = ("category", "number", "recipient", "place", "title", "score", "leader", "summary")
BUSINESS = ("legal_name", "sector", "size_class", "kbli", "nib", "bpjs_number")
COUNT = {"criterion": str, "count": int, "base": int, "source": str, "as_of": str}


def shape_faults(package: Package) -> Faults:
    """Each winner is told with all that the national round needs, and with nothing else."""
    for number, row in enumerate(package.winners["winners"], start=1):
        nominee = row["nominee"]
        is_told = (
            is_built(row, {**dict.fromkeys(TEXTS, str), "nominee": dict, "indicators": list})
            and is_built(nominee, {"kind": str, "name": str, "region": dict, "business": (dict, type(None))})
            and nominee["kind"] in ("government", "village", "business")
            and is_built(nominee["region"], {"code": str, "name": str})
            and nominee["region"]["code"].startswith(f"{package.manifest['province']['code']}.")
            and (nominee["business"] is not None) == (nominee["kind"] == "business")
            and is_built(nominee["business"] or dict.fromkeys(BUSINESS, ""), dict.fromkeys(BUSINESS, str))
            and all(is_built(count, COUNT) for count in row["indicators"])
        )
        if not is_told:
            told = "it is not built as described, or lies in another province"
            yield Fault("handover_winners", f"winners.json, entry {number}", told)


def is_built(found: Any, fields: dict[str, Any]) -> bool:
    """Whether an object has these fields, each of its type, and no other."""
    if not isinstance(found, dict) or set(found) != set(fields):
        return False
    return all(isinstance(found[name], kind) and not isinstance(found[name], bool) for name, kind in fields.items())


def within(row: dict[str, Any], quota: int) -> bool:
    """Whether a line holds a titled place within the quota."""
    return bool(row["place"] and row["title"]) and Fraction(row["place"]) <= quota


def line(row: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """A line of the decided standings in the words of the list of winners."""
    number = row["nominee"]
    told = {name: row[name] for name in ("place", "title", "score")}
    return {"number": number, "recipient": part["nominees"][number], **told}


def order(row: dict[str, Any]) -> tuple[Any, ...]:
    """By place, then by number."""
    return Fraction(row["place"]), verifier.by_number(row["number"])


# 7. PAPERS AND EVIDENCE ----------------------------------------------------------------------------------------------


def standing_papers(package: Package) -> dict[tuple[str, str], str]:
    """Kind and number of each paper that the log says is issued and not revoked -> its SHA-256."""
    found = {}
    for facts in package.told("document.issued", "document.revoked"):
        if facts["action"] == "document.issued":
            found[facts["kind"], facts["number"]] = facts["sha256"]
        else:
            found.pop((facts["kind"], facts["number"]), None)
    return found


def paper_faults(package: Package) -> Faults:
    """Minutes and certificates are those that the log says were issued and stand."""
    issued, minutes = standing_papers(package), package.manifest["minutes"]
    if issued.get(("minutes", minutes["number"])) != sha256(package.files["minutes.pdf"]):
        yield Fault("handover_minutes", "minutes.pdf", f"they are not the minutes {minutes['number']} that the log"
                    " says were issued")  # fmt: skip
    listed = {(row["kind"], row["number"]): row["sha256"] for row in package.certificates}
    wanted = {subject: digest for subject, digest in issued.items() if subject[0] in CERTIFICATES}
    if len(listed) < len(package.certificates):
        yield Fault("handover_certificates", "certificates.json", "a certificate is listed twice")
    for subject in sorted({*listed, *wanted}):
        if listed.get(subject) != wanted.get(subject):
            told = "is not the one that the log says was issued" if subject in listed else "is missing"
            yield Fault("handover_certificates", f"certificates.json, {subject[1]}", f"the certificate {told}")


def evidence_faults(package: Package) -> Faults:
    """Each piece of evidence is one that the log says was brought forward and not withdrawn; of winners alone."""
    brought: set[tuple[Any, ...]] = set()
    for facts in package.told("evidence.added", "evidence.withdrawn"):
        piece = (facts["title"], facts["kind"], facts["criterion"], facts["sha256"], facts["size"])
        (brought.add if facts["action"] == "evidence.added" else brought.discard)(piece)
    winners = {row["number"] for row in package.winners["winners"]}
    for row in package.evidence:
        where = f"evidence.json, {row['title']}"
        if row["number"] not in winners:
            yield Fault("handover_evidence", where, f"nominee {row['number']} is no winner")
        if (row["title"], row["kind"], row["criterion"], row["sha256"], row["size"]) not in brought:
            yield Fault("handover_evidence", where, "the evidence is not what the log says was brought forward")


# 8. COMMAND LINE -----------------------------------------------------------------------------------------------------

CHECKS = (
    ("manifest.json", "every file is the one that the manifest lists", manifest_faults),
    ("run.json", "every category was counted again", run_faults),
    ("run.json", "its decisions are those that the log says were carried", decision_faults),
    ("winners.json", "the winners follow from the decided places", winner_faults),
    ("winners.json", "each is told in full", shape_faults),
    ("minutes.pdf, certificates.json", "they are those that the log says were issued", paper_faults),
    ("evidence.json", "it is what the log says was brought forward", evidence_faults),
)


def verify_package(content: bytes, key: str | None = None, head: str | None = None) -> list[Fault]:
    """Every fault of a package; an empty list: everything agrees.

    ``key`` is a fingerprint (64 hexadecimal digits) and ``head`` a NUMBER:HASH that came another way.
    """
    try:
        package = Package(content)
    except Unreadable as error:
        return [Fault("handover_unreadable", error.where, str(error))]
    checks: list[tuple[str, Callable[[Package], Faults]]] = [
        ("signature.json", lambda found: signature_faults(found, key)),
        ("audit.jsonl", lambda found: log_faults(found, head)),
        *((where, check) for where, _, check in CHECKS),
    ]
    found: list[Fault] = []
    for where, check in checks:
        try:
            found += check(package)
        except BROKEN as error:
            found.append(
                Fault("handover_unreadable", where, f"not built as described ({type(error).__name__}: {error})")
            )
    return found


def main(arguments: Sequence[str]) -> int:
    """Run with the command line's arguments; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", help="the hand-over package")
    parser.add_argument("--key", metavar="FINGERPRINT", help="fingerprint of the province's key as it was read aloud")
    parser.add_argument("--head", metavar="NUMBER:HASH", help="a head of the log as printed")
    options = parser.parse_args(arguments)
    try:
        content = Path(options.file).read_bytes()
    except OSError as error:
        verifier.unread(f"{options.file} cannot be read: {error}")
    key = "".join(options.key.lower().split()) if options.key else None
    faults = verify_package(content, key, options.head)
    for fault in faults:
        print(f"DIFFERS {fault}")
    if faults:
        print("RESULT: DOES NOT AGREE")
        return 1
    package = Package(content)
    print(f"signature.json: signed with the key {package.signature['fingerprint']}")
    print(f"audit.jsonl: {len(package.events)} events hold, head {package.manifest['audit_head']['hash']}")
    for where, told, _ in CHECKS:
        print(f"{where}: {told}")
    if not key:
        print("Compare the fingerprint with the one that the province reads aloud, or give it with --key.")
    told = f"{package.manifest['round']['scope']}, number {package.manifest['number']}"
    print(f"RESULT: agrees ({told}, {len(package.winners['winners'])} winners)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
