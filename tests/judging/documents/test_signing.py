"""Signatures are appended, say when and by whom, break with one byte, and are told for what they are worth."""

import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest
from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import PrivateFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID

from judging.documents import samples, signing
from judging.documents.certificate import render_certificate_files
from judging.documents.signature_checks import (
    SignedFileBroken,
    SignedFileUnreadable,
    SignedFileUnsigned,
    certificate_standing,
    examined,
    roots_in,
)
from judging.documents.signing import Standing, room_in, sign, stamp_picture
from judging.documents.signing_keys import (
    CertificateExpired,
    CertificateFileUnreadable,
    CertificateKeyMissing,
    CertificateNotForSigning,
    CertificateNotYetValid,
    Key,
    WrongPassphrase,
    open_key,
    read_certificate_file,
)
from judging.documents.timestamps import TimestampUnavailable, stamper
from tests.factories.signing import (
    PASSPHRASE,
    SECRETARY,
    authority,
    drawn_over,
    issue,
    roots_folder,
    secretary,
    small_paper,
    web_server,
)
from tests.factories.world import AT

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def key() -> Key:
    return open_key(secretary().file, PASSPHRASE, AT)


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> list:
    return roots_in(roots_folder(tmp_path_factory.mktemp("roots")))


@pytest.fixture(scope="module")
def signed(key: Key) -> bytes:
    return sign(small_paper(), key, at=AT, standing=Standing.UNKNOWN, place="Kupang (contoh)")


def test_a_signature_is_appended_and_says_when_and_by_whom(signed: bytes) -> None:
    (found,) = examined(signed, roots=[], at=AT)

    assert signed.startswith(small_paper())
    assert found.signed_at == AT
    assert found.signer == "Sekretaris Daerah (contoh), Pemerintah Provinsi (contoh)"
    assert found.issuer == "Induk Penyelenggara (contoh), Pemerintah Provinsi (contoh)"
    assert found.stamped_at is None


def test_identity_numbers_in_a_certificate_are_told_to_nobody(signed: bytes) -> None:
    assert "5371000000000001" not in str(examined(signed, roots=[], at=AT))


def test_signing_keeps_what_makes_the_file_pdf_a(key: Key) -> None:
    stamp = stamp_picture("Sekretaris Daerah (contoh)", Standing.UNKNOWN, AT, "Asia/Makassar")
    content = sign(small_paper(room=True), key, at=AT, standing=Standing.UNKNOWN, stamp=stamp)

    with pikepdf.open(io.BytesIO(content)) as file, file.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        assert file.Root.OutputIntents[0].S == "/GTS_PDFA1"
        (note,) = file.pages[0].obj.Annots
        assert int(note.F) & 4  # printed, as PDF/A asks of every annotation
        assert [round(float(side)) for side in note.Rect] == list(room_in(small_paper(room=True)).box)
        drawing = note.AP.N
        (inner,) = drawing.Resources.XObject.values()
        fonts = inner.Resources.Font.values()
        assert fonts
        assert all("/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts)


def test_without_room_nothing_is_seen_on_the_page(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "_style", lambda stamp: 1 / 0)

    content = sign(small_paper(), key, at=AT, standing=Standing.UNKNOWN, stamp=b"%PDF")

    with pikepdf.open(io.BytesIO(content)) as file:
        (note,) = file.pages[0].obj.Annots
        assert [int(side) for side in note.Rect] == [0, 0, 0, 0]


def test_the_signature_itself_says_which_kind_it_is(key: Key) -> None:
    content = sign(small_paper(), key, at=AT, standing=Standing.UNCERTIFIED)

    with pikepdf.open(io.BytesIO(content)) as file:
        value = file.Root.AcroForm.Fields[0].V
        assert "tidak tersertifikasi" in str(value.Reason)
        assert value.SubFilter == "/ETSI.CAdES.detached"


@pytest.mark.parametrize("where", [60, 0.5])
def test_one_flipped_bit_breaks_the_signature(signed: bytes, where: float) -> None:
    changed = bytearray(signed)
    changed[where if isinstance(where, int) else int(len(small_paper()) * where)] ^= 1

    with pytest.raises((SignedFileBroken, SignedFileUnreadable)):
        examined(bytes(changed), roots=[], at=AT)


def test_what_is_drawn_after_signing_breaks_it(signed: bytes) -> None:
    with pytest.raises(SignedFileBroken):
        examined(drawn_over(signed), roots=[], at=AT)


def test_a_second_signature_leaves_the_first_whole(signed: bytes, key: Key) -> None:
    twice = sign(signed, key, at=AT + DAY, standing=Standing.UNKNOWN)

    assert [one.signed_at for one in examined(twice, roots=[], at=AT)] == [AT, AT + DAY]


def test_no_signature_and_no_pdf_are_two_things() -> None:
    with pytest.raises(SignedFileUnsigned):
        examined(small_paper(), roots=[], at=AT)
    for content in (b"", b"%PDF-1.7 contoh", b"PK\x03\x04"):
        with pytest.raises(SignedFileUnreadable):
            examined(content, roots=[], at=AT)


def test_what_a_signature_is_worth_depends_on_the_roots(signed: bytes, key: Key, roots: list) -> None:
    stranger = open_key(issue("Lain (contoh)", issue("Induk lain (contoh)", is_authority=True)).file, PASSPHRASE, AT)
    own = open_key(issue("Panitia (contoh)").file, PASSPHRASE, AT)

    def worth(which: Key, known: list) -> tuple[Standing, Standing]:
        content = sign(small_paper(), which, at=AT, standing=Standing.UNKNOWN)
        return certificate_standing(which, roots=known, at=AT), examined(content, roots=known, at=AT)[0].standing

    assert worth(key, roots) == (Standing.CERTIFIED, Standing.CERTIFIED)
    assert worth(key, []) == (Standing.UNKNOWN, Standing.UNKNOWN)
    assert worth(stranger, roots) == (Standing.UNCERTIFIED, Standing.UNCERTIFIED)
    assert worth(own, []) == (Standing.UNCERTIFIED, Standing.UNCERTIFIED)


def test_a_certificate_that_has_expired_meanwhile_is_not_called_uncertified(signed: bytes, roots: list) -> None:
    (found,) = examined(signed, roots=roots, at=AT + 400 * DAY)

    assert found.standing == Standing.UNKNOWN
    assert found.problem


def test_a_certificate_file_says_whose_it_is_and_until_when() -> None:
    facts = read_certificate_file(secretary().file, PASSPHRASE)

    assert facts.subject.startswith("Sekretaris Daerah (contoh)")
    assert (facts.valid_from, facts.valid_until) == (AT - 30 * DAY, AT + 300 * DAY)
    assert (len(facts.fingerprint), facts.is_self_signed) == (64, False)
    assert read_certificate_file(issue().file, PASSPHRASE).is_self_signed


def test_a_file_that_does_not_open_is_refused_for_what_it_is() -> None:
    with pytest.raises(WrongPassphrase):
        read_certificate_file(secretary().file, "salah")
    for content in (b"", b"bukan sertifikat", small_paper()):
        with pytest.raises(CertificateFileUnreadable):
            read_certificate_file(content, PASSPHRASE)


def test_a_certificate_without_a_key_cannot_sign() -> None:
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

    locked = BestAvailableEncryption(PASSPHRASE.encode())
    bare = pkcs12.serialize_key_and_certificates(b"x", None, None, [secretary().certificate], locked)

    with pytest.raises(CertificateKeyMissing):
        read_certificate_file(bare, PASSPHRASE)


def test_certificates_that_are_not_for_documents_are_refused() -> None:
    weak = issue(key=rsa.generate_private_key(public_exponent=65537, key_size=1024))  # noqa: S505 - the point

    for issued in (web_server(), authority(), weak):
        with pytest.raises(CertificateNotForSigning):
            read_certificate_file(issued.file, PASSPHRASE)


def test_a_certificate_signs_only_in_its_time() -> None:
    with pytest.raises(CertificateExpired):
        open_key(secretary().file, PASSPHRASE, AT + 301 * DAY)
    with pytest.raises(CertificateNotYetValid):
        open_key(secretary().file, PASSPHRASE, AT - 31 * DAY)


def test_a_time_stamp_proves_when(key: Key, roots: list) -> None:
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

    pair = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    clock = issue("Penanda waktu (contoh)", authority(), uses=[ExtendedKeyUsageOID.TIME_STAMPING], key=pair)
    pen = SimpleSigner.load_pkcs12_data(clock.file, (), PASSPHRASE.encode())
    service = DummyTimeStamper(pen.signing_cert, pen.signing_key, fixed_dt=AT + DAY)

    content = sign(small_paper(), key, at=AT, standing=Standing.CERTIFIED, timestamper=service)

    assert examined(content, roots=roots, at=AT + DAY)[0].stamped_at == AT + DAY


def test_a_service_of_time_stamps_that_does_not_answer_signs_nothing(key: Key) -> None:
    assert stamper("") is None
    for address in ("file:///etc/passwd", "http://127.0.0.1:9/"):
        with pytest.raises(TimestampUnavailable):
            sign(small_paper(), key, at=AT, standing=Standing.UNKNOWN, timestamper=stamper(address))


def test_every_certificate_of_a_batch_names_its_own_room() -> None:
    plain = [samples.certificate(serial=serial) for serial in (1, 2)]
    roomy = [replace(one, design=replace(one.design, room_for_signature=True)) for one in plain]

    assert [room_in(pdf) for pdf in render_certificate_files(plain)] == [None, None]
    rooms = [room_in(pdf) for pdf in render_certificate_files(roomy)]

    assert [room.page for room in rooms if room] == [0, 0]
    for room in rooms:
        left, low, right, top = room.box
        assert 421 < left < right < 842  # in the right half of an A4 sheet that lies across
        assert 0 < low < top < 297


def _hashed_often() -> bytes:
    """A certificate file whose passphrase is hashed 65537 times, as its two locked parts say in three bytes each."""
    locked = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(0x10001)
    locked = locked.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
    own = secretary()
    return pkcs12.serialize_key_and_certificates(b"", own.key, own.certificate, None, locked.build(PASSPHRASE.encode()))


@pytest.mark.parametrize("part", ["seal", "certificate", "key"])
def test_a_certificate_file_that_would_hash_for_minutes_is_not_opened(part: str) -> None:
    content, often, endless = _hashed_often(), bytes.fromhex("0203010001"), bytes.fromhex("02037fffff")
    assert read_certificate_file(content, PASSPHRASE).subject.startswith(SECRETARY)
    first, second, third = content.split(often)
    if part == "seal":
        file = Pfx.load(content)
        file["mac_data"]["iterations"] = 2**31 - 1
        content = file.dump(force=True)
    elif part == "certificate":
        content = first + endless + second + often + third
    else:
        content = first + often + second + endless + third

    with pytest.raises(CertificateFileUnreadable):
        read_certificate_file(content, PASSPHRASE)
