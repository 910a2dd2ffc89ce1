"""One member with three devices at one sheet, in any order of steps: nothing they have not seen is ever overwritten.

Steps are chosen by Hypothesis; ``STEPS=10000`` in the environment takes more than a run of all tests needs.
"""

import json
import os
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from judging.models import SaveReceipt, Sheet, SheetState, SheetVersion
from nominees.templatetags.rounds import round_url
from tests.factories.saves import make_sheet_world

STEPS = int(os.environ.get("STEPS", "40"))
A_WALK = 30  # steps
FACTS = {"accept": "application/json"}
devices = st.integers(0, 2)


@dataclass(frozen=True)
class Posted:
    """A request and what it was answered."""

    fields: dict[str, str]
    is_submit: bool
    status: int
    facts: dict[str, Any]


class Devices(RuleBasedStateMachine):
    """What the server must hold: the ``mark`` and ``revision`` of the last save that was answered, submitted or not."""

    met: Counter[str]

    @initialize()
    def begin(self) -> None:
        self.block = transaction.atomic()
        self.block.__enter__()
        world = make_sheet_world()
        self.client = Client()
        self.client.force_login(world["member"])
        self.url = round_url("judging:sheet", world["round"], number=world["nomination"].number)
        self.seen, self.posted = [0, 0, 0], list[Posted]()
        self.revision, self.mark, self.submitted, self.keys = 0, "", False, 0

    def teardown(self) -> None:
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def post(self, fields: dict[str, str], *, is_submit: bool = False, headers: dict[str, str] = FACTS) -> Any:
        return self.client.post(f"{self.url}periksa/" if is_submit else self.url, fields, headers=headers)

    @rule(device=devices, mark=st.integers(0, 99), is_shown=st.booleans())
    def save(self, device: int, mark: int, is_shown: bool) -> None:
        """Save from what this device has seen; its script asks for facts, its form is shown a page."""
        self.keys += 1
        fields = {"nilai-komitmen": str(mark), "nilai-inovasi": "3", "langkah": "simpan"}
        fields |= {"revision": str(self.seen[device]), "request_key": f"kunci-permintaan-{self.keys}"}
        is_stale = self.seen[device] != self.revision
        answer = self.post(fields, headers={} if is_shown and is_stale and not self.submitted else FACTS)
        if self.submitted:
            self.refused(answer, "sheet_already_submitted")
        elif is_stale and answer.headers["Content-Type"].startswith("text/html"):
            self.met["shown"] += 1
            assert answer.status_code == 409
            both = [(clash.stored.value, clash.sent.value) for clash in answer.context["clashes"]]
            assert both == ([] if self.mark == str(mark) else [(self.mark, str(mark))])
        elif is_stale:
            assert self.refused(answer, "sheet_changed_meanwhile")["revision"] == self.revision
        else:
            facts = self.answered(fields, answer, device, is_submit=False)
            self.mark, self.revision = str(mark), facts["revision"]

    @rule(device=devices)
    def submit(self, device: int) -> None:
        """Submit what this device has seen."""
        if not self.revision:
            return
        self.keys += 1
        fields = {"revision": str(self.seen[device]), "request_key": f"kunci-permintaan-{self.keys}"}
        answer = self.post(fields, is_submit=True)
        if self.submitted:
            self.refused(answer, "sheet_already_submitted")
        elif self.seen[device] != self.revision:
            self.refused(answer, "sheet_changed_meanwhile")
        else:
            self.revision = self.answered(fields, answer, device, is_submit=True)["revision"]
            self.submitted = True

    @rule(device=devices)
    def look(self, device: int) -> None:
        """The device shows the sheet as it is now."""
        self.seen[device] = int(self.client.get(self.url).context["revision"])
        assert self.seen[device] == self.revision

    @rule(data=st.data(), is_altered=st.booleans())
    def repeat(self, data: st.DataObject, is_altered: bool) -> None:
        """An answered request arrives once more, however late: it gets its first answer, and with other marks none."""
        if not self.posted:
            return
        old = data.draw(st.sampled_from(self.posted))
        self.met["repeated"] += 1
        if is_altered and not old.is_submit:
            again = self.post(old.fields | {"nilai-komitmen": f"{old.fields['nilai-komitmen']},5"})
            assert self.refused(again, "sheet_changed_meanwhile")["revision"] == self.revision
        else:
            again = self.post(old.fields, is_submit=old.is_submit)
            assert (again.status_code, json.loads(again.content)) == (old.status, old.facts)

    @invariant()
    def the_server_holds_the_last_answer(self) -> None:
        if not hasattr(self, "mark"):
            return
        assert SaveReceipt.objects.count() == len(self.posted)
        if self.revision:
            sheet = Sheet.objects.get()
            entries = json.loads(SheetVersion.objects.get(sheet=sheet).entries)
            assert (sheet.revision, entries["komitmen"]["value"]) == (self.revision, self.mark)
            assert (sheet.state == SheetState.SUBMITTED) is self.submitted

    def refused(self, answer: Any, code: str) -> dict[str, Any]:
        facts: dict[str, Any] = json.loads(answer.content)
        assert (answer.status_code, facts["code"]) == (409, code)
        self.met["refused"] += 1
        return facts

    def answered(self, fields: dict[str, str], answer: Any, device: int, *, is_submit: bool) -> dict[str, Any]:
        assert answer.status_code == 200, answer.content
        facts: dict[str, Any] = json.loads(answer.content)
        assert facts["revision"] == self.revision + 1
        self.posted.append(Posted(fields, is_submit, answer.status_code, facts))
        self.seen[device] = facts["revision"]
        self.met["saved"] += 1
        return facts


@pytest.mark.django_db
def test_devices_at_one_sheet_never_overwrite_what_they_have_not_seen() -> None:
    Devices.met = Counter()
    run_state_machine_as_test(
        Devices,
        settings=settings(
            max_examples=max(1, STEPS // 10),
            stateful_step_count=A_WALK,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(dict(Devices.met))  # noqa: T201 (-s)
    assert all(Devices.met[what] for what in ("saved", "refused"))
