"""The hand-over package of a province, ``paritrana.handover/1``: plain data in, the bytes of one ZIP file out.

Nothing in the archive is packed: sizes are what they seem, and the same content gives the same bytes on any machine.
What is in it and how it is checked: docs/formats.md, and ``verifier_handover``, which reads it without the product.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from .reading import Json
from .runs import canonical

FORMAT: Final = "paritrana.handover/1"
WINNERS: Final = "paritrana.handover-winners/1"
SEAL: Final = "paritrana.seal/1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
#: The earliest moment that a ZIP file can tell, for every file in it.
NO_DATE: Final = (1980, 1, 1, 0, 0, 0)
PLAIN_FILE: Final = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Seal:
    """Who signs: 32 public bytes and what makes 64 bytes of signature of a text."""

    public: bytes
    sign: Callable[[bytes], bytes]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, hexadecimal."""
        return hashlib.sha256(self.public).hexdigest()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the manifest says of the round and of the making. ``head`` is number and hash of the log's last event."""

    year: int
    edition: str
    is_demo: bool
    province: str
    province_name: str
    state: str
    title: str
    zone: str
    number: int
    made_at: str
    made_by: str
    software: str
    tabulation: int
    run_sha256: str
    minutes_number: str
    minutes_sha256: str
    head: tuple[int, str]


@dataclass(frozen=True, slots=True)
class Contents:
    """The files beside manifest and signature. ``events`` are those of the log, in the form that is hashed."""

    run: str
    winners: Mapping[str, Json]
    certificates: Sequence[Mapping[str, Json]]
    evidence: Sequence[Mapping[str, Json]]
    events: Iterable[Mapping[str, Any]]
    minutes: bytes
    programs: Mapping[str, bytes]
    readme: str


def build(facts: Facts, contents: Contents, seal: Seal) -> bytes:
    """Return the signed package: the same arguments give the same bytes."""
    files = {
        "BACA-SAYA.txt": contents.readme.encode(),
        "audit.jsonl": "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in contents.events).encode(),
        "certificates.json": _text(list(contents.certificates)),
        "evidence.json": _text(list(contents.evidence)),
        "minutes.pdf": contents.minutes,
        "run.json": contents.run.encode("ascii"),
        "winners.json": _text(dict(contents.winners)),
        **contents.programs,
    }
    return sealed(files, manifest(facts, files, seal.fingerprint), seal)


def sealed(files: Mapping[str, bytes], manifest: Mapping[str, Json], seal: Seal) -> bytes:
    """Return the archive of ``files`` with its manifest and the signature over the manifest's bytes."""
    told = _text(dict(manifest))
    signature = {
        "format": SEAL,
        "algorithm": "ed25519",
        "public_key": seal.public.hex(),
        "fingerprint": seal.fingerprint,
        "signature": seal.sign(told).hex(),
    }
    return archive({**files, MANIFEST: told, SIGNATURE: _text(signature)})


def manifest(facts: Facts, files: Mapping[str, bytes], fingerprint: str) -> dict[str, Json]:
    """Return what the package says of itself: the round, where its numbers come from, every file with its hash."""
    return {
        "format": FORMAT,
        "edition": {"year": facts.year, "name": facts.edition, "is_demo": facts.is_demo},
        "province": {"code": facts.province, "name": facts.province_name},
        "round": {
            "scope": f"{facts.year}/{facts.province}",
            "state": facts.state,
            "title": facts.title,
            "zone": facts.zone,
        },
        "number": facts.number,
        "made": {"at": facts.made_at, "by": facts.made_by},
        "software": facts.software,
        "tabulation": {"number": facts.tabulation, "sha256": facts.run_sha256},
        "minutes": {"number": facts.minutes_number, "sha256": facts.minutes_sha256},
        "audit_head": {"number": facts.head[0], "hash": facts.head[1]},
        "key": {"algorithm": "ed25519", "fingerprint": fingerprint},
        "files": [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        ],
    }


def archive(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file of ``files``: names sorted, nothing packed, no date, nothing of this machine."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as found:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(name, NO_DATE)
            entry.create_system, entry.external_attr = 3, PLAIN_FILE
            found.writestr(entry, content)
    return stream.getvalue()


def _text(document: Json) -> bytes:
    return (canonical(document) + "\n").encode("ascii")
