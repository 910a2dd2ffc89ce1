"""Looking at many pages at once, for what they show and not for how they came about."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from judging.web import plenary_minutes, score_sheets, standing
from paritrana import forbidden
from tests.factories.amendments import unset
from tests.factories.ceremony import unprinted
from tests.factories.certificates import undrawn
from tests.factories.print_batches import unmerged
from tests.factories.schedule_documents import unlaid


def paperless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every paper be what it was given: who gets it and what it says is asked, not how it is set."""
    for let in (unlaid, unprinted, unset, undrawn, unmerged):
        let(monkeypatch)
    for pages, name in (
        (score_sheets, "render_score_sheets"),
        (standing, "render_explanation_sheets"),
        (plenary_minutes, "render_minutes"),
    ):
        monkeypatch.setattr(pages, name, lambda *data: repr(data).encode())


def glancing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep no copy of what each template was given, and draw the page of a refusal once for each login.

    Every further refusal is what its page was given: the frame around it is that of the first.
    """
    drawn: set[str] = set()

    def refused(request: HttpRequest, template: str, given: dict[str, Any], status: int) -> HttpResponse:
        login = str(request.session.session_key)
        if login in drawn:
            return HttpResponse(repr(given), status=status)
        drawn.add(login)
        return render(request, template, given, status=status)

    monkeypatch.setattr(forbidden, "render", refused)
    monkeypatch.setattr("django.test.client.store_rendered_templates", lambda *_args, **_facts: None)
