"""What is said about a place: the right sentence for every case, no number that promises more than holds."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation

from judging.core.robustness.data import Effect, Move, PlaceFirmness, Reason, SingleChange, Transfer, WeightFlip
from judging.messages import firmness as messages  # noqa: F401 - registers the sentences
from judging.selectors.firmness import Claim, Names, at_least, at_most, share_words, story_of, together
from judging.selectors.papers.firmness import REASONS, SENTENCES, STATES, claim_sentence, reason_sentence
from paritrana.kernel.sentences import registered, sentence

NAMES = Names(
    seats={"s1": "Unsur A", "s2": "Unsur B"},
    nominees={"1": "Ende", "2": "Sikka", "3": "Malaka"},
    criteria={"k": "Komitmen", "p": "Paparan"},
)
SINGLE = SingleChange("1", "2", "k", Fraction(20), Fraction(1344, 100))
TRANSFER = Transfer("1", "2", Fraction(36, 10), (Move("p", "k", Fraction(36, 10)),))


def flip(
    single: SingleChange | None = SINGLE, transfer: Transfer | None = TRANSFER, why: str | None = None
) -> WeightFlip:
    return WeightFlip(1, single, transfer, why)


def place(**fields: object) -> PlaceFirmness:
    found = PlaceFirmness(1, "Terbaik I", ("1",), (), (), None, flip(), 0.975, 0.5, 0.9)
    return replace(found, **fields)  # type: ignore[arg-type]


def test_a_firm_place_says_by_how_much_a_weight_may_change_rounded_down() -> None:
    story = story_of(place(), NAMES)
    assert story.main == Claim(
        "firm_holds_points", {"title": "Terbaik I", "nominee": "Ende", "points": "6,5", "seats": ""}
    )
    with translation.override("en"):
        assert sentence(story.main.code, story.main.facts) == (
            "Terbaik I, Ende: holds for every change of one weight of less than 6,5 points, and without any one seat."
        )


def test_a_contested_place_names_the_seats_whom_it_would_go_to_and_the_shift_of_weight() -> None:
    seats = (Effect("s1", ("2",)), Effect("s2", ("2",)))
    methods = (Effect("median", ("2", "3")), Effect("mean", ()))
    story = story_of(place(seats=seats, methods=methods), NAMES)
    assert (story.main.code, story.main.facts["seats"]) == ("firm_hangs_points", "Unsur A, Unsur B")
    with translation.override("en"):
        assert [sentence(claim.code, claim.facts) for claim in story.more] == [
            "Without Unsur A / Unsur B, Terbaik I would go to Sikka.",
            "By the median, Terbaik I would go to Sikka, Malaka.",
            "By the plain mean, Terbaik I would go to –.",
            "Moving 3,6 points of weight from Paparan to Komitmen would make Sikka level with Ende.",
            "If the panel were drawn anew from the same seats, this place would stay as it is in 97,5% of all cases.",
        ]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"nominees": ("1", "2")}, "firm_tied"),
        ({"nominees": ()}, "firm_tied"),
        ({"lower": None}, "firm_alone"),
        ({"lower": flip(None, None, "never")}, "firm_holds_any"),
        ({"lower": flip(None, None, "not_linear")}, "firm_holds_only"),
        ({"lower": flip(replace(SINGLE, to_weight=Fraction(20)))}, "firm_holds_level"),
        ({"lower": flip(None, TRANSFER, "never"), "seats": (Effect("s1", ()),)}, "firm_hangs_any"),
    ],
)
def test_every_case_has_a_sentence_of_its_own(fields: dict[str, object], code: str) -> None:
    assert story_of(place(**fields), NAMES).main.code == code


def test_a_seat_without_whom_nobody_holds_the_place() -> None:
    story = story_of(place(seats=(Effect("s1", ()),)), NAMES)
    assert story.more[0].code == "firm_without_seat_nobody"


def test_a_shift_over_several_criteria_names_each() -> None:
    moves = (Move("p", "k", Fraction(2)), Move("x", "k", Fraction(8, 5)))
    story = story_of(place(lower=flip(transfer=replace(TRANSFER, moves=moves))), NAMES)
    assert story.more[0].code == "firm_transfer_several"
    assert story.more[0].facts["moves"] == "Paparan → Komitmen 2,0; x → Komitmen 1,6"


@pytest.mark.parametrize(
    ("points", "down", "up"),
    [
        (Fraction(659, 100), "6,5", "6,6"),
        (Fraction(13, 2), "6,5", "6,5"),
        (Fraction(1, 3), "0,33", "0,34"),
        (Fraction(0), "0,00", "0,00"),
    ],
)
def test_what_holds_is_rounded_down_and_what_changes_up(points: Fraction, down: str, up: str) -> None:
    assert (at_least(points), at_most(points)) == (down, up)


@pytest.mark.parametrize(("share", "written"), [(1.0, "100,0%"), (0.99999, ">99,9%"), (0.628, "62,8%"), (0.0, "0,0%")])
def test_what_is_not_certain_is_never_written_as_certain(share: float, written: str) -> None:
    assert share_words(share) == written


def test_seats_with_the_same_effect_are_one_reason() -> None:
    reasons = (
        Reason("seat_decides", {"seat": "s1", "first": ["2"]}),
        Reason("seat_decides", {"seat": "s2", "first": ["2"]}),
        Reason("probability", {"nominee": "1", "probability": 0.628, "enough": 0.95}),
    )
    found = together(reasons, NAMES)
    assert [reason.code for reason in found] == ["seat_decides", "probability"]
    assert [reason_sentence(reason, NAMES) for reason in found] == [
        "Tanpa Unsur A / Unsur B, peringkat pertama beralih kepada Sikka.",
        "Seandainya tim penilai disusun ulang dengan mengundi unsur yang sama, Ende menjadi yang pertama dalam 62,8% "
        "kemungkinan (disebut kokoh mulai 95,0%).",
    ]


def test_papers_know_every_sentence_that_pages_know() -> None:
    codes = registered()
    assert {code for code in codes if code.startswith("firm_")} == set(SENTENCES)
    reasons = {code.removeprefix("reason_") for code in codes if code.startswith("reason_")}
    assert reasons == {*REASONS, "seat_decides_nobody"}
    assert {code.removeprefix("verdict_") for code in codes if code.startswith("verdict_")} == set(STATES)


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_papers_and_pages_say_the_same_facts(code: str) -> None:
    facts = {
        name: f"<{name}>" for name in ("title", "nominee", "points", "seats", "seat", "holders", "source", "target")
    }
    facts |= {name: f"<{name}>" for name in ("above", "below", "moves", "share")}
    with translation.override("en"):
        page = sentence(code, facts)
    paper = claim_sentence(Claim(code, facts))
    assert {word for word in facts.values() if word in page} == {word for word in facts.values() if word in paper}
