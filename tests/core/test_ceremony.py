"""In which steps a result is revealed, and the keys that open them."""

import hashlib

import pytest

from judging.core.ceremony import Part, Winner, Words, padded, resumed_at, step_key, steps

WORDS = Words(heading="Paritrana Award 2024", opening="Selamat datang", closing="Terima kasih", mark="CONTOH")


def winners(*places):
    return tuple(
        Winner(f"gelar-{turn}", f"Terbaik {place}", f"Nama {turn}", place, score="80,00")
        for turn, place in enumerate(places, start=1)
    )


def shown(parts, words=WORDS):
    """Kind and names of each step."""
    return [(step["kind"], [row["name"] for row in step["rows"]]) for step in steps(parts, words)]


def test_a_category_goes_from_the_last_place_to_the_first_and_then_shows_all():
    assert shown([Part("kategori-a", "Kategori A", winners(1, 2, 3))]) == [
        ("black", []),
        ("opening", []),
        ("part", []),
        ("place", ["Nama 3"]),
        ("place", ["Nama 2"]),
        ("place", ["Nama 1"]),
        ("all", ["Nama 1", "Nama 2", "Nama 3"]),
        ("closing", []),
    ]


def test_who_shares_a_place_shares_a_step():
    kinds = shown([Part("kategori-a", "Kategori A", winners(1, 2, 2))])

    assert kinds[3:5] == [("place", ["Nama 2", "Nama 3"]), ("place", ["Nama 1"])]


def test_more_names_than_fit_take_several_steps():
    found = shown([Part("kategori-a", "Kategori A", winners(1, 1, 1, 1))])

    assert found[3:] == [
        ("place", ["Nama 1", "Nama 2", "Nama 3"]),
        ("place", ["Nama 4"]),
        ("all", ["Nama 1", "Nama 2", "Nama 3"]),
        ("all", ["Nama 4"]),
        ("closing", []),
    ]


def test_one_winner_is_not_shown_twice_and_a_part_without_any_is_left_out():
    parts = [Part("kategori-a", "A"), Part("kategori-b", "B", winners(1))]

    assert [kind for kind, _ in shown(parts)] == ["black", "opening", "part", "place", "closing"]


def test_a_special_award_tells_first_what_it_is_and_then_whose():
    award = Winner("khusus-1", "Piagam Inovasi", "Provinsi X", 1, origin="inovasi")

    found = steps([Part("khusus-1", "Piagam Inovasi", (award,), is_special=True)], WORDS)

    assert [(step["kind"], step["heading"]) for step in found[2:4]] == [
        ("part", "Piagam Inovasi"),
        ("special", "Piagam Inovasi"),
    ]
    assert found[2]["rows"] == []
    assert found[3]["rows"] == [{"title": "", "name": "Provinsi X", "origin": "inovasi", "score": ""}]


@pytest.mark.parametrize(("shows", "score"), [(True, "80,00"), (False, "")])
def test_totals_are_in_a_step_only_where_they_are_shown(shows, score):
    words = Words("E", "A", "Z", shows_totals=shows)

    rows = [row for step in steps([Part("kategori-a", "A", winners(1, 2))], words) for row in step["rows"]]

    assert {row["score"] for row in rows} == {score}


def test_black_is_black_and_every_other_step_carries_the_mark():
    first, *others = steps([Part("kategori-a", "A", winners(1))], WORDS)

    assert (first["mark"], first["heading"], first["text"], first["rows"]) == ("", "", "", [])
    assert {step["mark"] for step in others} == {"CONTOH"}


def by_hand(key, message):
    """HMAC-SHA-256 as RFC 2104 writes it, without the library's own."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).digest()


def test_the_key_of_a_step_follows_the_standard():
    key = bytes(range(32))

    assert [step_key(key, step) for step in (0, 7, 10)] == [
        by_hand(key, b"paritrana-layar/1:0"),
        by_hand(key, b"paritrana-layar/1:7"),
        by_hand(key, b"paritrana-layar/1:10"),
    ]


def test_no_two_steps_and_no_two_shows_share_a_key():
    keys = {step_key(bytes([show]) * 32, step) for show in (1, 2) for step in range(40)}

    assert len(keys) == 80


@pytest.mark.parametrize(("key", "step"), [(b"short", 0), (bytes(32), -1)])
def test_a_key_that_is_none_is_refused(key, step):
    with pytest.raises(ValueError, match="bytes, step"):
        step_key(key, step)


@pytest.mark.parametrize(("lengths", "padded_length"), [((1, 2), 256), ((256, 3), 256), ((257, 3), 512), ((), 0)])
def test_sealed_texts_have_one_length(lengths, padded_length):
    found = padded([b"x" * length for length in lengths])

    assert {len(text) for text in found} == ({padded_length} if lengths else set())
    assert [text.rstrip() for text in found] == [b"x" * length for length in lengths]


@pytest.mark.parametrize(
    ("step", "furthest", "now", "expected"),
    [
        (3, 4, "abcdef", (3, 4)),
        (5, 5, "abcdef", (5, 5)),
        (3, 4, "abXdef", (1, 1)),
        (3, 4, "abdcef", (2, 4)),
        (1, 4, "abcXef", (1, 2)),
        (4, 4, "ab", (1, 1)),
        (0, 0, "abcdef", (0, 0)),
    ],
)
def test_a_show_goes_on_as_far_as_each_step_from_the_first_on_was_shown(step, furthest, now, expected):
    before, after = ([{"kind": letter} for letter in letters] for letters in ("abcdef", now))

    assert resumed_at(before, step, furthest, after) == expected
