"""One member at one sheet over HTTP, as the script that saves while people type: next revision, key of the request."""

import http.client
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from .world import World

TOKEN = "t" * 32
#: What a network or a dead server does to a request.
CUT = (OSError, http.client.HTTPException)


@dataclass(frozen=True)
class Save:
    """One save as it is sent: what the page had seen, and marks that no other save of this sheet has."""

    key: str
    expected: int
    mark: str
    note: str


@dataclass(frozen=True)
class Answer:
    """A status with the facts that came along."""

    status: int
    facts: dict[str, Any]


@dataclass
class Writer:
    """Keeps one sheet: ``answered`` are the saves with their answers, ``pending`` the one whose answer never came."""

    world: World
    seat: int
    number: int
    port: int = 0
    answered: list[tuple[Save, Answer]] = field(default_factory=list)
    pending: Save | None = None
    sent: Callable[[], object] = int
    _connection: http.client.HTTPConnection | None = None

    @property
    def revision(self) -> int:
        """The revision of the last answer."""
        return int(self.answered[-1][1].facts["revision"]) if self.answered else 0

    def connect(self, port: int) -> None:
        """Speak to the server at ``port`` from now on."""
        self.close()
        self.port = port

    def close(self) -> None:
        """Hang up."""
        if self._connection:
            self._connection.close()
        self._connection = None

    def next(self) -> Save:
        """Return the save after the last one; its marks follow from its place."""
        place = len(self.answered) + 1
        key = f"kunci-{self.seat}-{self.number}-{place:08d}"
        return Save(key, self.revision, str(place % 100), f"catatan {place}")

    def save(self) -> None:
        """Save, or send again what was never answered; whatever goes wrong leaves it pending."""
        self.pending = self.pending or self.next()
        answer = self.post(self.pending)
        if answer.status != 200:
            raise AssertionError(f"a save was answered {answer.status}: {answer.facts}")
        self.answered.append((self.pending, answer))
        self.pending = None

    def post(self, save: Save) -> Answer:
        """Send ``save``, say so (``sent``), and return the answer."""
        connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        self._connection = connection
        try:
            connection.request(
                "POST", f"{self.world.path}{self.number}/", urlencode(self.fields(save)), self._headers()
            )
            self.sent()
            response = connection.getresponse()
            body = response.read()
        except CUT:
            self.close()
            raise
        is_json = response.headers.get_content_type() == "application/json"
        return Answer(response.status, json.loads(body) if is_json else {})

    def fields(self, save: Save) -> dict[str, str]:
        """Return the form."""
        fields = {f"nilai-{criterion}": save.mark for criterion in self.world.criteria}
        fields[f"catatan-{self.world.criteria[0]}"] = save.note
        return fields | {"revision": str(save.expected), "request_key": save.key, "langkah": "simpan"}

    def _headers(self) -> dict[str, str]:
        return {
            "Cookie": f"sessionid={self.world.sessions[self.seat]}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
