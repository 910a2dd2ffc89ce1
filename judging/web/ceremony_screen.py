"""The projector's screen: opened by its code, without signing in; it knows sealed steps and the present key alone.

A show that has ended is answered like one that never was.
"""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from judging.models import CeremonyShow
from judging.selectors.ceremony_shows import running_show, screen_state, sealed_steps
from judging.services.ceremony_shows import note_screen
from paritrana.kernel import clock
from paritrana.kernel.check_code import grouped, understood

from .throttling import throttled

PER_MINUTE = 30


class ScreenForm(forms.Form):
    """The code that the presenter's window shows."""

    code = forms.CharField(
        label=_("Code of the screen"),
        max_length=60,
        help_text=_("The presenter's window shows it. Spaces, dashes and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self) -> str:
        """The bare code of a show that runs."""
        code = understood(self.cleaned_data["code"])
        if code is None or running_show(code) is None:
            raise forms.ValidationError(_("No show runs under this code."), code="no_show")
        return code


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest) -> HttpResponse:
    """Type the code in."""
    return _typed(request) if request.method == "POST" else _page(request, ScreenForm())


@throttled("screen", per_minute=PER_MINUTE)
def _typed(request: HttpRequest) -> HttpResponse:
    form = ScreenForm(request.POST)
    if form.is_valid():
        return redirect("screen", code=grouped(form.cleaned_data["code"]))
    return _page(request, form)


def _page(request: HttpRequest, form: ScreenForm) -> HttpResponse:
    return render(request, "judging/ceremony/entry.html", {"form": form})


@never_cache
@require_safe
@throttled("screen", per_minute=PER_MINUTE)
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """The screen with every step, sealed."""
    show = _running(code)
    context = {"code": show.code, "sealed": " ".join(sealed_steps(show))}
    return render(request, "judging/ceremony/screen.html", context)


@never_cache
@require_safe
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Where the show stands and the key of that step alone; its presenter learns that a screen asked."""
    show = _running(code)
    note_screen(show=show, at=clock.now())
    return JsonResponse(screen_state(show))


def _running(code: str) -> CeremonyShow:
    understandable = understood(code)
    show = running_show(understandable) if understandable else None
    if show is None:
        raise Http404
    return show


urlpatterns = [
    path("", entry, name="screen_entry"),
    path("<str:code>/", screen, name="screen"),
    path("<str:code>/keadaan/", state, name="screen_state"),
]
