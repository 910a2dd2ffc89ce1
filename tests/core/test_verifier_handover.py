"""The stand-alone verifier of hand-over packages: each single change is refused by name, also when signed anew.

Long, because every change to a package is tried as it is, re-hashed and signed anew on the same few packages.
"""

import ast
import hashlib
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from judging.core import handover, runs, verifier, verifier_handover
from judging.core.verifier_handover import SIZE_LIMIT, Unreadable, is_signed, opened, verify_package
from tests.core.handovers import FOREIGN, OWN, altered_json, files_and_manifest, small_package
from tests.core.test_verifier import imports

SOURCE = Path(verifier_handover.__file__)
FILES, MANIFEST = files_and_manifest()
PACKAGE = handover.sealed(FILES, MANIFEST, OWN)
Files = dict[str, bytes]


def refreshed(files: Files, manifest: dict[str, Any] = MANIFEST) -> dict[str, Any]:
    """The manifest as somebody would write it who covers a change: sizes and hashes of the files as they are now."""
    run, minutes = json.loads(files["run.json"]), hashlib.sha256(files["minutes.pdf"]).hexdigest()
    return {
        **manifest,
        "tabulation": {"number": run["tabulation"]["number"], "sha256": run["sha256"]},
        "minutes": {"number": manifest["minutes"]["number"], "sha256": minutes},
        "files": [
            {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in sorted(files.items())
        ],
    }


def in_run(change: Callable[[Any], None]) -> Callable[[Files], None]:
    """A change of the run, whose own hashes are made to fit again."""

    def apply(files: Files) -> None:
        run = json.loads(files["run.json"])
        change(run)
        part = run["parts"][0]
        part["input_sha256"], part["answer_sha256"] = runs.sha256_of(part["input"]), runs.sha256_of(part["answer"])
        files["run.json"] = runs.sealed(run).encode()

    return apply


def _score(run: Any) -> None:
    run["parts"][0]["input"]["scores"][0][3] = "91"


def _place(run: Any) -> None:
    lines = run["parts"][0]["decided"]["standings"]
    lines[0]["nominee"], lines[1]["nominee"] = lines[1]["nominee"], lines[0]["nominee"]


def _weight(run: Any) -> None:
    one, other = run["parts"][0]["input"]["tree"]["children"][:2]
    one["weight"], other["weight"] = "41", "59"


def _minutes(files: Files) -> None:
    files["minutes.pdf"] = files["minutes.pdf"].replace(b"acara", b"ACARA")


def _event(files: Files) -> None:
    files["audit.jsonl"] = files["audit.jsonl"].replace(b"salah ketik", b"salah tulis")


def _dropped_event(files: Files) -> None:
    lines = files["audit.jsonl"].splitlines(keepends=True)
    files["audit.jsonl"] = b"".join(lines[:-1])


def _decisions(run: Any) -> Any:
    return run["parts"][0]["decided"]["decisions"]


def _invented(files: Files) -> None:
    """A deviation that nobody voted on, everything else made to follow from it: places, winner, evidence."""

    def move(run: Any) -> None:
        part = run["parts"][0]
        _decisions(run).append({**_decisions(run)[-1], "order": ["1", "3"], "reason": "titipan (contoh)"})
        counted = verifier.decided_count(part["input"], _decisions(run))
        part["decided"]["standings"] = verifier.decided_lines(counted, part["decided"]["standings"])

    in_run(move)(files)
    part = json.loads(files["run.json"])["parts"][0]
    first = part["decided"]["standings"][0]
    told = {"number": first["nominee"], "score": first["score"], "recipient": part["nominees"][first["nominee"]]}
    assert told["number"] == "1"
    altered_json("winners.json", lambda found: found["winners"][0].update(told))(files)
    altered_json("evidence.json", lambda found: found[0].update(number="1"))(files)


#: What is changed -> how, and the checks that name it even when the hashes and the province's signature are renewed.
CHANGES: dict[str, tuple[Callable[[Files], None], set[str]]] = {
    "score": (in_run(_score), {"handover_run"}),
    "place": (in_run(_place), {"handover_run", "handover_winners"}),
    "winner": (
        altered_json("winners.json", lambda told: told["winners"][0].update(recipient="Desa Lain (contoh)")),
        {"handover_winners"},
    ),
    "weight": (in_run(_weight), {"handover_run"}),
    "minutes": (_minutes, {"handover_minutes"}),
    "certificate": (
        altered_json("certificates.json", lambda told: told[0].update(sha256="c2" * 32)),
        {"handover_certificates"},
    ),
    "evidence": (altered_json("evidence.json", lambda told: told[0].update(sha256="e2" * 32)), {"handover_evidence"}),
    "event": (_event, {"handover_log"}),
    "dropped event": (_dropped_event, {"handover_log", "handover_decisions"}),
    "decision nobody carried": (_invented, {"handover_decisions"}),
    "decision left out": (in_run(lambda run: run["parts"][0]["decided"]["decisions"].pop()), {"handover_decisions"}),
    "votes": (in_run(lambda run: _decisions(run)[1]["votes"].update({"for": 9})), {"handover_decisions"}),
    "exception": (in_run(lambda run: _decisions(run)[0].update(reason="lain")), {"handover_decisions"}),
    "winner left out": (altered_json("winners.json", lambda told: told.update(winners=[])), {"handover_winners"}),
    "certificate left out": (altered_json("certificates.json", lambda told: told.clear()), {"handover_certificates"}),
    "quota": (
        altered_json("winners.json", lambda told: told["categories"][0].update(forward_quota=2)),
        {"handover_winners"},
    ),
}


def codes(content: bytes, key: str | None = None, head: str | None = None) -> set[str]:
    return {fault.code for fault in verify_package(content, key, head)}


def test_a_package_of_the_product_agrees_and_is_the_same_each_time() -> None:
    assert verify_package(PACKAGE) == []
    assert small_package() == PACKAGE
    assert len(json.loads(FILES["winners.json"])["winners"]) == 1


def test_both_write_the_same_archive() -> None:
    files = {"b.txt": b"two", "a.txt": b"", "c.bin": bytes(range(256)) * 400}
    assert verifier_handover.archived(files) == handover.archive(files)
    with zipfile.ZipFile(io.BytesIO(verifier_handover.archived(files))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == sorted(files)


@pytest.mark.parametrize("name", CHANGES)
def test_a_single_change_is_named(name: str) -> None:
    change, _ = CHANGES[name]
    files = dict(FILES)
    change(files)
    altered = [file for file in FILES if files[file] != FILES[file]]

    found = verify_package(handover.sealed(files, MANIFEST, OWN))

    assert altered
    assert {("handover_file", file) for file in altered} <= {(fault.code, fault.where) for fault in found}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_that_the_province_signed_anew_is_still_named(name: str) -> None:
    change, expected = CHANGES[name]
    files = dict(FILES)
    change(files)

    found = codes(handover.sealed(files, refreshed(files), OWN))

    assert expected <= found
    assert "handover_file" not in found


def test_a_quota_other_than_the_logs_is_named_though_the_winners_follow_from_it() -> None:
    files = dict(FILES)
    part = json.loads(files["run.json"])["parts"][0]
    second = next(row for row in part["decided"]["standings"] if row["place"] == "2")

    def widen(told: Any) -> None:
        told["categories"][0]["forward_quota"] = 2
        row = {name: second[name] for name in ("place", "title", "score")}
        number = second["nominee"]
        told["winners"].append({**told["winners"][0], **row, "number": number, "recipient": part["nominees"][number]})

    altered_json("winners.json", widen)(files)

    (found,) = verify_package(handover.sealed(files, refreshed(files), OWN))
    assert (found.code, "quota is 1 in the log, not 2" in found.told) == ("handover_winners", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", "paritrana.handover/2"),
        ("edition", {"year": 2023, "name": "Paritrana Award 2024 (contoh)", "is_demo": False}),
        ("province", {"code": "52", "name": "Provinsi Nusa Tenggara Timur"}),
        ("round", {"scope": "2024/53", "state": "scoring", "title": "Paritrana Award 2024 (contoh)", "zone": "x"}),
        ("tabulation", {"number": 2, "sha256": "a" * 64}),
        ("minutes", {"number": "BA.02", "sha256": MANIFEST["minutes"]["sha256"]}),
        ("audit_head", {"number": 5, "hash": "a" * 64}),
        ("files", []),
        ("number", 2),
        ("made", {"at": "2025-07-22T09:00:00+08:00", "by": "secretariat"}),
    ],
)
def test_a_changed_field_of_the_manifest_breaks_the_signature(field: str, value: Any) -> None:
    files = opened(PACKAGE)
    assert MANIFEST[field] != value
    files["manifest.json"] = (runs.canonical({**MANIFEST, field: value}) + "\n").encode()

    assert "handover_signature" in codes(handover.archive(files))
    if field not in ("number", "made"):  # nothing else in the package tells these
        assert codes(handover.sealed(FILES, {**MANIFEST, field: value}, OWN)) - {"handover_signature"}


@pytest.mark.parametrize(
    "change",
    [
        {"leader": None},
        {"phone": "0812"},
        {"nominee": {}},
        {"nominee": {"kind": "city", "name": "x", "region": {"code": "53.01", "name": "x"}, "business": None}},
        {"nominee": {"kind": "business", "name": "x", "region": {"code": "53.01", "name": "x"}, "business": None}},
        {"nominee": {"kind": "village", "name": "x", "region": {"code": "52.01", "name": "x"}, "business": None}},
        {"indicators": [{"criterion": "x", "count": True, "base": 4, "source": "", "as_of": ""}]},
    ],
    ids=lambda change: "-".join(change),
)
def test_a_winner_is_told_in_full_and_with_nothing_else(change: dict[str, Any]) -> None:
    files = dict(FILES)
    altered_json("winners.json", lambda told: told["winners"][0].update(change))(files)
    found = verify_package(handover.sealed(files, refreshed(files), OWN))
    assert [(fault.code, fault.where) for fault in found] == [("handover_winners", "winners.json, entry 1")]


def test_another_key_is_another_signature() -> None:
    foreign = handover.sealed(FILES, MANIFEST, FOREIGN)
    renamed = handover.sealed(
        FILES, {**MANIFEST, "key": {"algorithm": "ed25519", "fingerprint": FOREIGN.fingerprint}}, FOREIGN
    )

    assert codes(foreign) == {"handover_signature"}
    assert verify_package(renamed) == []
    assert codes(renamed, OWN.fingerprint) == {"handover_signature"}
    assert verify_package(PACKAGE, OWN.fingerprint) == []


@pytest.mark.parametrize("position", [0, 31, 32, 63])
def test_each_byte_of_the_signature_counts(position: int) -> None:
    files = opened(PACKAGE)
    told = json.loads(files["signature.json"])
    raw = bytearray.fromhex(told["signature"])
    raw[position] ^= 1
    files["signature.json"] = (runs.canonical({**told, "signature": raw.hex()}) + "\n").encode()

    assert codes(handover.archive(files)) == {"handover_signature"}


def test_the_head_on_paper_is_looked_up_in_the_log() -> None:
    events = [json.loads(line) for line in FILES["audit.jsonl"].splitlines()]
    assert codes(PACKAGE, head=f"3:{events[2]['hash'].upper()}") == set()
    assert codes(PACKAGE, head=f"3:{events[3]['hash']}") == {"handover_log"}


def _zip(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in entries:
            archive.writestr(zipfile.ZipInfo(name, handover.NO_DATE), content, method)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "archive"),
        (b"not a package", "archive"),
        (PACKAGE[:-30], "archive"),
        (PACKAGE + b"tail", "archive"),
        (b"#!/bin/sh\n" + PACKAGE, "archive"),
        (b"0" * (SIZE_LIMIT + 1), "archive"),
        (_zip([*opened(PACKAGE).items(), ("extra.txt", b"")]), "extra.txt"),
        (_zip([*opened(PACKAGE).items(), ("../run.json", b"")]), "../run.json"),
        (_zip([*opened(PACKAGE).items(), ("/etc/passwd", b"")]), "/etc/passwd"),
        (_zip(list(opened(PACKAGE).items()), zipfile.ZIP_DEFLATED), "BACA-SAYA.txt"),
        (_zip([("minutes.pdf", b"0" * 100_000_000)], zipfile.ZIP_DEFLATED), "minutes.pdf"),
        (_zip([row for row in opened(PACKAGE).items() if row[0] != "minutes.pdf"]), "minutes.pdf"),
    ],
    ids=["empty", "text", "cut", "tail", "head", "large", "added", "above", "root", "packed", "bomb", "removed"],
)
def test_what_is_no_package_is_refused_before_anything_is_read(content: bytes, where: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(content)

    assert refusal.value.where == where
    assert codes(content) == {"handover_unreadable"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_refused() -> None:
    with pytest.raises(Unreadable, match="twice"):
        opened(_zip([*opened(PACKAGE).items(), ("run.json", b"{}")]))


def test_bytes_hidden_between_files_are_found() -> None:
    at = PACKAGE.index(b"PK\x03\x04", 10)
    hidden = _moved(PACKAGE, at, b"hidden")
    with zipfile.ZipFile(io.BytesIO(hidden)) as archive:
        assert archive.testzip() is None  # a reader that is not strict finds nothing odd
    with pytest.raises(Unreadable, match="before, between"):
        opened(hidden)


def _moved(content: bytes, at: int, extra: bytes) -> bytes:
    """The archive with ``extra`` before the entry at ``at``; every place in the directory is moved along."""
    end = content.rindex(b"PK\x05\x06")
    start = int.from_bytes(content[end + 16 : end + 20], "little")
    directory, place = bytearray(content[start:end]), 0
    while place < len(directory):
        name = int.from_bytes(directory[place + 28 : place + 30], "little")
        offset = int.from_bytes(directory[place + 42 : place + 46], "little")
        directory[place + 42 : place + 46] = (offset + len(extra) * (offset >= at)).to_bytes(4, "little")
        place += 46 + name
    tail = bytearray(content[end:])
    tail[16:20] = (start + len(extra)).to_bytes(4, "little")
    return content[:at] + extra + content[at:start] + bytes(directory) + bytes(tail)


@pytest.mark.parametrize("name", ["manifest.json", "signature.json", "winners.json", "run.json", "evidence.json"])
@pytest.mark.parametrize(
    "content",
    [
        b"[]\n",
        b"{",
        b'{"a":1,"a":2}\n',
        b'{"a":1.5}\n',
        b'"\\u0000"\n',
        b'"\\ud800"\n',
        b"\xff",
        b"null\n",
        b"[" * 9000,
    ],
)
def test_nonsense_in_a_file_is_a_fault_and_no_crash(name: str, content: bytes) -> None:
    files = opened(PACKAGE) | {name: content}
    assert codes(handover.archive(files))


# Vectors of RFC 8032, section 7.1: secret key (unused here), public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").hexdigest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]


@pytest.mark.parametrize(("public", "message", "signature"), VECTORS)
def test_the_vectors_of_the_standard_hold(public: str, message: str, signature: str) -> None:
    told = [bytes.fromhex(text) for text in (public, message, signature)]
    assert is_signed(*told)
    assert not is_signed(told[0], told[1] + b"x", told[2])
    assert not is_signed(OWN.public, told[1], told[2])
    order = int.from_bytes(told[2][32:], "little") + verifier_handover.ORDER
    assert not is_signed(told[0], told[1], told[2][:32] + order.to_bytes(32, "little"))  # the same, written differently


def test_malformed_keys_and_signatures_are_a_plain_no() -> None:
    signature = OWN.sign(b"x")
    assert is_signed(OWN.public, b"x", signature)
    for public, given in (
        (b"", signature),
        (b"\xff" * 32, signature),
        (OWN.public, b""),
        (OWN.public, signature + b"x"),
    ):
        assert not is_signed(public, b"x", given)


def test_it_stands_beside_the_verifier_and_needs_nothing_else() -> None:
    source = SOURCE.read_text("utf-8")
    found = set(imports(source))
    assert found - sys.stdlib_module_names == {"judging", "verifier"}
    assert "importlib" not in found
    assert not any("handover" in name for name in found)
    ast.parse(source, feature_version=(3, 9))


def alone(folder: Path, content: bytes, *arguments: str) -> tuple[int, str, str]:
    """Both programs and the package copied into ``folder``, between files with the names of Python's own."""
    for name in ("numbers.py", "json.py", "reading.py"):
        (folder / name).write_text("raise RuntimeError('the wrong module')\n")
    shutil.copy(SOURCE, folder / SOURCE.name)
    shutil.copy(verifier.__file__, folder / "verifier.py")
    (folder / "usulan.zip").write_bytes(content)
    command = [sys.executable, SOURCE.name, "usulan.zip", *arguments]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    return found.returncode, found.stdout, found.stderr


def test_alone_it_accepts_refuses_and_says_what_it_cannot_read(tmp_path: Path) -> None:
    status, told, errors = alone(tmp_path, PACKAGE, "--key", f"{OWN.fingerprint[:32]} {OWN.fingerprint[32:]}")
    assert (status, errors) == (0, "")
    assert "RESULT: agrees (2024/53, number 1, 1 winners)" in told

    files = dict(FILES)
    _minutes(files)
    status, told, _ = alone(tmp_path, handover.sealed(files, MANIFEST, OWN))
    assert (status, "DIFFERS minutes.pdf" in told) == (1, True)

    (tmp_path / "usulan.zip").unlink()
    command = [sys.executable, "-I", SOURCE.name, "usulan.zip"]
    missing = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)  # noqa: S603
    assert missing.returncode == 2


def test_a_damaged_archive_is_no_crash() -> None:
    for position in range(0, len(PACKAGE), 997):
        damaged = PACKAGE[:position] + bytes([PACKAGE[position] ^ 0xFF]) + PACKAGE[position + 1 :]
        assert codes(damaged), position
