"""A small hand-over package made by the product's own core, its parts at hand to be altered; invented names only."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from judging.core import handover, verifier_handover
from judging.core.handover import Contents, Facts, Seal
from judging.core.runs import Motion
from paritrana.audit.chain import GENESIS, canonical, event_hash
from tests.core.packages import EXCEPTION, MOVE, TIE, small_run

MINUTES = b"%PDF-1.7 berita acara (contoh)"
CERTIFICATE = {"kind": "certificate", "number": "001/PA/NTT/2025", "title": "Terbaik I", "sha256": "c1" * 32}
EVIDENCE = {
    "number": "3",
    "title": "Peraturan desa",
    "kind": "file",
    "criterion": "x",
    "sha256": "e1" * 32,
    "size": 900,
    "media_type": "application/pdf",
}
Document = Any


def seal_of(seed: int) -> Seal:
    """A key that is the same each time."""
    private = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    return Seal(private.public_key().public_bytes_raw(), private.sign)


OWN, FOREIGN = seal_of(1), seal_of(2)


def log_of(payloads: Sequence[tuple[str, Mapping[str, Any]]]) -> list[dict[str, Any]]:
    """A chain of events with these actions and facts."""
    events: list[dict[str, Any]] = []
    for number, (action, facts) in enumerate(payloads, start=1):
        event = {
            "chain": "2024/53",
            "seq": number,
            "at": f"2025-07-01T01:{number:02d}:00.000000+00:00",
            "action": action,
            "actor_name": "Orang (contoh)",
            "object_type": "judging.document",
            "object_id": "1" if action.startswith("category.") else str(number),
            "object_label": "Berkas",
            "payload": canonical(facts),
            "request_id": "",
            "prev_hash": events[-1]["hash"] if events else GENESIS,
        }
        events.append({**event, "hash": event_hash(event)})
    return events


def decision(number: int, motion: Motion) -> tuple[str, Mapping[str, Any]]:
    """The event of a decision of the small run."""
    votes = [motion.votes_for, motion.votes_against, motion.abstentions]
    told = {"decision": number, "kind": motion.kind, "subject": "Desa", "votes": votes, "reason": motion.reason}
    return "decision.recorded", {**told, "nominations": [int(each) for each in motion.order]}


def files_and_manifest() -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of a sound package, without the seal, and its manifest."""
    part = json.loads(small_run())["parts"][0]
    hashes = {"input": part["input_sha256"], "answer": part["answer_sha256"]}
    evidence = {name: EVIDENCE[name] for name in ("title", "kind", "criterion", "sha256", "size")}
    paper = {name: CERTIFICATE[name] for name in ("kind", "number", "sha256")}
    digest = hashlib.sha256(MINUTES).hexdigest()
    events = log_of(
        [
            ("evidence.added", {**evidence, "evidence": 4, "reason": ""}),
            ("tabulation.frozen", {"number": 1, "parts": {"category:desa": hashes}}),
            ("document.issued", {"kind": "minutes", "number": "BA.01", "sha256": digest}),
            ("document.issued", {**paper, "number": "000/PA/NTT/2025"}),
            ("document.revoked", {"kind": "certificate", "number": "000/PA/NTT/2025", "reason": "salah ketik"}),
            ("document.issued", paper),
            ("category.added", {"code": "desa", "kind": "village", "places": 3, "forward_quota": 2}),
            ("category.changed", {"forward_quota": [2, 1]}),
            decision(1, EXCEPTION),
            decision(2, TIE),  # of a meeting that was given up
            ("plenary.opened", {"tabulation": 1, "place": "Aula (contoh)"}),
            decision(3, TIE),
            decision(4, MOVE),
            decision(5, MOVE),
            ("decision.withdrawn", {"decision": 5, "kind": "deviation"}),
        ]
    )
    run = small_run(head=(len(events), events[-1]["hash"]))
    winner = {
        "category": "desa",
        "number": "3",
        "recipient": "Desa Cakra (contoh)",
        "place": "1",
        "title": "Terbaik I",
        "score": next(row["score"] for row in part["decided"]["standings"] if row["nominee"] == "3"),
        "nominee": {
            "kind": "village",
            "name": "Desa Cakra (contoh)",
            "region": {"code": "53.01.01.2001", "name": "Desa Cakra (contoh)"},
            "business": None,
        },
        "leader": "Ibu Kepala (contoh)",
        "summary": "",
        "indicators": [{"criterion": "x", "count": 3, "base": 4, "source": "BPS (contoh)", "as_of": "2024-12-31"}],
    }
    category = {"code": "desa", "name": "Desa", "kind": "village", "sector": "", "sizes": [], "forward_quota": 1}
    contents = Contents(
        run=run,
        winners={
            "format": handover.WINNERS,
            "scope": "2024/53",
            "categories": [category],
            "winners": [winner],
        },
        certificates=[CERTIFICATE],
        evidence=[EVIDENCE],
        events=events,
        minutes=MINUTES,
        programs=dict.fromkeys(verifier_handover.PROGRAMS, b"# program\n"),
        readme="Baca saya (contoh)\n",
    )
    facts = Facts(
        year=2024,
        edition="Paritrana Award 2024 (contoh)",
        is_demo=False,
        province="53",
        province_name="Provinsi Nusa Tenggara Timur",
        state="announced",
        title="Paritrana Award 2024 (contoh)",
        zone="Asia/Makassar",
        number=1,
        made_at="2025-07-21T09:00:00+08:00",
        made_by="secretariat",
        software="0.1.0",
        tabulation=1,
        run_sha256=json.loads(run)["sha256"],
        minutes_number="BA.01",
        minutes_sha256=digest,
        head=(len(events), events[-1]["hash"]),
    )
    return opened(handover.build(facts, contents, OWN))


def opened(content: bytes) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of a package and its manifest, to be altered and put together again."""
    files = verifier_handover.opened(content)
    del files["signature.json"]
    return files, json.loads(files.pop("manifest.json"))


def small_package() -> bytes:
    """A package with which nothing is wrong."""
    files, manifest = files_and_manifest()
    return handover.sealed(files, manifest, OWN)


def altered_json(name: str, change: Callable[[Document], None]) -> Callable[[dict[str, bytes]], None]:
    """A change of one JSON file, written again the way the product writes."""

    def apply(files: dict[str, bytes]) -> None:
        document = json.loads(files[name])
        change(document)
        files[name] = (canonical(document) + "\n").encode()

    return apply
