"""The page for what somebody may not do: it says why where the refusal names a reason of its own."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paritrana.kernel.sentences import registered

#: Told by the page itself, which also says whom to ask.
_USUAL = "role_needed"


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the sentence of the code that ``exception`` carries, if it has one that needs no facts."""
    code = str(exception)
    found = "" if code == _USUAL else str(registered().get(code, ""))
    reason = "" if "%(" in found else found
    return render(request, "403.html", {"reason": reason}, status=403)
