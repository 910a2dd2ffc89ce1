"""Time stamps (RFC 3161) from a service of the installation's own choice, for signatures whose time is proven (B-T)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paritrana.kernel.errors import DomainError

if TYPE_CHECKING:
    from asn1crypto.tsp import TimeStampReq, TimeStampResp
    from pyhanko.sign.timestamps import TimeStamper

PATIENCE = 10  # seconds
LARGEST = 100_000  # bytes of an answer


class TimestampUnavailable(DomainError):
    """The service of time stamps does not answer, or not with a time stamp."""

    code = "timestamp_unavailable"


def stamper(address: str) -> TimeStamper | None:
    """Return who asks ``address`` (http or https) for time stamps; without one, ``None``."""
    if not address:
        return None
    from asn1crypto.tsp import TimeStampResp
    from pyhanko.sign.timestamps import TimeStamper

    class AddressTimeStamper(TimeStamper):
        """Asks by the standard library: what pyHanko would use is no dependency of ours."""

        def __init__(self) -> None:
            super().__init__()  # type: ignore[no-untyped-call] # pyHanko types most, not all

        async def async_request_tsa_response(self, req: TimeStampReq) -> TimeStampResp:
            return TimeStampResp.load(_answer(address, req.dump()))

    return AddressTimeStamper()


def _answer(address: str, question: bytes) -> bytes:
    from urllib.request import Request, urlopen

    if not address.startswith(("https://", "http://")):
        raise TimestampUnavailable
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    try:
        with urlopen(Request(address, question, headers), timeout=PATIENCE) as answer:  # noqa: S310 - checked above
            return bytes(answer.read(LARGEST))
    except OSError:
        raise TimestampUnavailable from None
