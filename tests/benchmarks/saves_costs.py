"""What one save asks of the database, and what all saves of a load left behind; for ``saves.py``, in the project.

``python -m tests.benchmarks.saves_costs queries SIZE`` fills the database of the settings and prints the number of
queries of a save, its repetition, a refused one and the page; ``... tally`` prints what is there after a load.
Both as JSON.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

import django


def queries(size: int) -> dict[str, int]:
    """Return the number of queries by kind of request, with ``size`` nominees."""
    from django.test import Client

    from tests.faults.client import Writer
    from tests.faults.world import build

    world = build(9, size)
    writer, client = Writer(world, seat=0, number=size // 2), Client()
    client.cookies["sessionid"] = world.sessions[0]
    page = f"{world.path}{writer.number}/"

    def post(place: int) -> Callable[[], Any]:
        save = writer.next()
        form = writer.fields(save) | {"revision": str(place - 1), "request_key": f"kunci-{place:08d}"}
        return lambda: client.post(page, form, headers={"accept": "application/json"})

    _count(post(1), 200)  # what the process asks once
    found = {"save": _count(post(2), 200), "repeated": _count(post(2), 200)}
    stale = {"revision": "0", "request_key": "kunci-lain-lagi"}
    found["refused"] = _count(lambda: client.post(page, stale, headers={"accept": "application/json"}), 409)
    found["page"] = _count(lambda: client.get(page), 200)
    return found


def _count(act: Callable[[], Any], status: int) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = act()
    if response.status_code != status:
        raise SystemExit(f"{response.status_code} instead of {status}")
    return len(
        [query for query in captured if "SELECT" in query["sql"] or "INTO" in query["sql"] or "UPDATE" in query["sql"]]
    )


def tally() -> dict[str, Any]:
    """Return revisions by seat and nominee, the number of receipts and events, and where the log is broken."""
    from judging.models import SaveReceipt, Sheet
    from paritrana.audit.chain import first_break
    from paritrana.audit.models import AuditEvent, AuditHead
    from paritrana.audit.record import as_dict

    head = AuditHead.objects.get()
    events = [as_dict(event) for event in AuditEvent.objects.order_by("seq")]
    sheets = Sheet.objects.values_list("seat__position", "nomination__number", "revision")
    return {
        "revisions": {f"{seat - 1}/{number}": revision for seat, number, revision in sheets},
        "receipts": SaveReceipt.objects.count(),
        "events": len(events),
        "broken": str(first_break(head.chain, events, (head.seq, head.hash)) or ""),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(queries(int(sys.argv[2])) if sys.argv[1] == "queries" else tally()))
