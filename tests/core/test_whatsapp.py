"""Phone numbers as people write them, and the address that opens a chat."""

from urllib.parse import parse_qs, urlsplit

import pytest

from judging.core.whatsapp import whatsapp_link, whatsapp_number


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("081234567890", "6281234567890"),
        ("0812-3456-7890", "6281234567890"),
        ("+62 812 3456 7890", "6281234567890"),
        ("+62 (0)812 3456 7890", "6281234567890"),
        ("62812.3456.7890", "6281234567890"),
        ("0062 81234567890", "6281234567890"),
        ("81234567890", "6281234567890"),
        ("(0380) 833213", "62380833213"),
        ("+670 7723 4567", "67077234567"),
        ("", ""),
        ("belum ada", ""),
        ("0812", ""),
        ("+6281234567890123", ""),
        ("081234567890 / 081298765432", ""),
        ("٠٨١٢٣٤٥٦٧٨٩٠", ""),
    ],
)
def test_number_is_read_or_left_out(phone: str, number: str) -> None:
    assert whatsapp_number(phone) == number


def test_link_carries_the_text_whole() -> None:
    text = "Yth. Ibu & Bapak?\n1. Kota Kupang #2 100%"
    found = urlsplit(whatsapp_link("0812-3456-7890", text))

    assert (found.scheme, found.netloc, found.path) == ("https", "wa.me", "/6281234567890")
    assert parse_qs(found.query) == {"text": [text]}


def test_link_without_a_number_lets_the_person_choose() -> None:
    assert whatsapp_link("-", "a b") == "https://wa.me/?text=a%20b"
