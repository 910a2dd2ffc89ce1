"""Addresses that open WhatsApp with a text ready to send; nothing is sent by opening one."""

import re
from urllib.parse import quote

INDONESIA = "62"
#: E.164 counts 15 digits at most; a subscriber's number in Indonesia has at least 7 after the country's.
SHORTEST, LONGEST = 9, 15


def whatsapp_number(phone: str) -> str:
    """Return ``phone`` as wa.me wants it, "0812-3456-7890" as "6281234567890"; empty when it is not readable.

    Read are "08...", "8...", "62...", "+62..." and other countries' numbers with "+" or "00" in front; spaces, dots,
    hyphens and brackets are overlooked. Two numbers in one field are not guessed at.
    """
    text = re.sub(r"[\s().\-\u2010-\u2013]", "", phone)
    if re.fullmatch(r"\+?[0-9]+", text) is None:
        return ""
    if text.startswith("+"):
        number = text[1:]
    elif text.startswith("00"):
        number = text[2:]
    elif text.startswith("0"):
        number = INDONESIA + text[1:]
    elif text.startswith("8"):
        number = INDONESIA + text
    else:
        number = text
    number = re.sub(rf"^{INDONESIA}0", INDONESIA, number)  # "+62 (0)812"
    return number if SHORTEST <= len(number) <= LONGEST and number[0] != "0" else ""


def whatsapp_link(phone: str, text: str) -> str:
    """Return the address that opens a chat with ``phone`` holding ``text``; without a number the person picks one."""
    return f"https://wa.me/{whatsapp_number(phone)}?text={quote(text, safe='')}"
