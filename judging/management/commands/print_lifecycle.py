"""Print the life of a round from its table: ``manage.py print_lifecycle > docs/lifecycle.md``."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from judging.selectors.readiness import CONDITIONS
from nominees.core.lifecycle import ALLOWED_IN, TRANSITIONS, State


class Command(BaseCommand):
    """Writes Markdown to standard output."""

    help = "Print the states and steps of a round as Markdown, from the table that the software obeys."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("\n".join(page()))


def page() -> Iterator[str]:
    """Return the lines of the page."""
    yield "# The life of a round"
    yield ""
    yield "Printed by `manage.py print_lifecycle` from `nominees/core/lifecycle.py`; do not edit by hand."
    yield ""
    yield "## States and what may happen in them"
    yield ""
    yield "| state | acts |"
    yield "| --- | --- |"
    for state in State:
        acts = [act.replace("_", " ") for act, states in ALLOWED_IN.items() if state in states]
        yield f"| `{state}` | {', '.join(acts) or 'read only'} |"
    yield ""
    yield "## Steps"
    yield ""
    yield "| from | to | taken by | conditions |"
    yield "| --- | --- | --- | --- |"
    for step in TRANSITIONS:
        who = " or ".join(step.roles)
        who += ", confirmed by a second person" if step.second_person else ""
        who += ", countersigned by a second officer" if step.countersigned else ""
        conditions = ", ".join(f"`{code}`" for code in step.conditions) or "a reason"
        yield f"| `{step.source}` | `{step.target}` | {who} | {conditions} |"
    yield ""
    yield "## Conditions"
    yield ""
    yield "| code | holds when |"
    yield "| --- | --- |"
    for code, condition in CONDITIONS.items():
        yield f"| `{code}` | {(inspect.getdoc(condition) or '').splitlines()[0].split('. ')[0].rstrip('.')} |"
