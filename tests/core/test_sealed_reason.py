"""What the log holds of a reason."""

import hashlib

from judging.core.sealed_reason import seal


def test_a_seal_is_the_hash_of_key_and_reason() -> None:
    told = '{"key":"kunci","reason":"nilai 90 – seharusnya 80"}'
    assert seal("nilai 90 – seharusnya 80", "kunci") == hashlib.sha256(told.encode()).hexdigest()


def test_the_same_reason_has_another_seal_under_another_key() -> None:
    assert seal("sama", "satu") != seal("sama", "dua")
    assert seal("sama", "satu") == seal("sama", "satu")


def test_no_reason_has_no_seal() -> None:
    assert seal("", "kunci") == ""
