"""The package of a run as text, sealed, and with pseudonyms for its seats."""

import hashlib
import json

import pytest

from judging.core import package, runs, verifier
from judging.core.tabulation import tabulate
from tests.core.packages import NAMES, small_input, small_run

SEATS = ("ketua", "sekretaris", "disnaker", "apindo", "spsi")


def disguised(salt: bytes = b"salt") -> tuple[str, dict[str, object]]:
    text = runs.sealed(runs.pseudonymised(json.loads(small_run()), salt))
    return text, json.loads(text)


def test_the_file_is_canonical_ends_with_a_newline_and_hashes_everything_else() -> None:
    text = small_run()
    found = json.loads(text)
    assert text == json.dumps(found, sort_keys=True, separators=(",", ":")) + "\n"
    assert text.isascii()
    digest = found.pop("sha256")
    assert digest == hashlib.sha256(runs.canonical(found).encode()).hexdigest()


def test_sealing_again_changes_nothing() -> None:
    assert runs.sealed(json.loads(small_run())) == small_run()


def test_input_and_answer_are_there_as_stored() -> None:
    (part,) = json.loads(small_run())["parts"]
    assert part["input"] == small_input()
    assert part["answer"] == json.loads(runs.canonical(package.answer(tabulate(package.read(small_input())))))
    assert part["nominees"] == NAMES


def test_pseudonyms_are_all_different_and_the_same_for_the_same_salt() -> None:
    found = runs.pseudonyms(SEATS, b"salt")
    assert sorted(found.values()) == [f"unsur-{number}" for number in range(1, 6)]
    assert runs.pseudonyms(reversed(SEATS), b"salt") == found
    assert any(runs.pseudonyms(SEATS, bytes([salt])) != found for salt in range(5))


def test_with_pseudonyms_no_seat_is_left_and_the_order_of_the_rows_tells_nothing() -> None:
    text, found = disguised()
    for seat in SEATS:
        assert f'"{seat}"' in small_run()
        assert seat not in text
    part = found["parts"][0]  # type: ignore[index]
    for field in ("judges", "scores", "recusals", "states"):
        assert part["input"][field] == sorted(part["input"][field])
    assert len(part["input"]["scores"]) == len(small_input()["scores"])


def test_with_pseudonyms_every_place_stays_and_the_published_hashes_are_kept() -> None:
    _, found = disguised()
    (before,), (after,) = json.loads(small_run())["parts"], found["parts"]  # type: ignore[misc]
    assert after["decided"] == before["decided"]
    assert {**after["answer"], "digest": ""} == {**before["answer"], "digest": ""}
    assert after["answer"]["digest"] != before["answer"]["digest"]
    assert after["published_input_sha256"] == before["input_sha256"] != after["input_sha256"]
    assert after["published_answer_sha256"] == before["answer_sha256"] != after["answer_sha256"]
    assert found["notices"] == [runs.PSEUDONYMS]


@pytest.mark.parametrize("salt", [b"one", b"two"])
def test_the_verifier_accepts_a_package_with_pseudonyms(salt: bytes) -> None:
    text, found = disguised(salt)
    published = json.loads(small_run())["parts"][0]["input_sha256"]
    assert verifier.verify_run(found, text, None, [f"desa:{published}"]) == []


def test_the_package_that_is_given_is_left_as_it_is() -> None:
    given = json.loads(small_run())
    runs.pseudonymised(given, b"salt")
    assert runs.sealed(given) == small_run()
