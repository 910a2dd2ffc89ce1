"""How certificates look: one page per use with its preview, and the pictures that may stand on them."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from judging.documents.certificate import CertificateDoesNotFit, render_certificate
from judging.models import CertificateUse, DesignPicture
from judging.permissions.certificates import can_design_certificates, can_see_certificate_designs
from judging.selectors.certificate_designs import design_of, picture_bytes, picture_in, pictures_of
from judging.selectors.papers.certificate_previews import LONGEST, SAMPLE, SHORTEST
from judging.services.certificate_designs import add_picture, save_design, withdraw_picture
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .acting import attempt, forbid_unless, person
from .certificate_designs_form import DesignForm, PictureForm, initial_of
from .certificate_previews import chosen_look, fits, is_stretched, preview_context, preview_data
from .downloads import HEADERS

#: The words of the addresses.
USES: Final = {
    "pemenang": CertificateUse.AWARD,
    "khusus": CertificateUse.SPECIAL,
    "peserta": CertificateUse.PARTICIPATION,
    "tim": CertificateUse.PANEL,
}
DOES_NOT_FIT: Final = gettext_lazy(
    "The longest name of this round does not fit on one page in this look. Shorten the words, or choose larger paper."
)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_certificate_designs)
def certificate_design(request: HttpRequest, round: Round, use_word: str = "pemenang") -> HttpResponse:
    """The look of one use with its preview; posting saves it, or with ``preview`` only shows it."""
    use, user = _use(use_word), person(request)
    pictures = list(pictures_of(round))
    if request.method == "POST":
        forbid_unless(can_design_certificates(user, round))
        form = DesignForm(request.POST, pictures=pictures)
        if form.is_valid() and "preview" not in request.POST:
            told = {"actor": user, "at": clock.now()}
            if attempt(request, _("Saved."), save_design, round=round, use=use, choice=form.choice(), **told):
                _warn_if_too_long(request, round, use)
                return redirect(round_url("judging:certificate_design", round, use_word=use_word))
    else:
        form = DesignForm(initial=initial_of(use, design_of(round, use)), pictures=pictures)
    return _page(request, round, use_word, form, pictures)


def _page(
    request: HttpRequest,
    round: Round,
    use_word: str,
    form: DesignForm,
    pictures: list[DesignPicture],
    picture_form: PictureForm | None = None,
) -> HttpResponse:
    """The page with its forms, for those who may use them; 422 where one of them was not understood."""
    may_change = bool(can_design_certificates(person(request), round))
    context = {
        "round": round,
        "use_word": use_word,
        "tabs": _tabs(round, use_word),
        "form": form if may_change else None,
        "pictures": pictures,
        "picture_form": (picture_form or PictureForm()) if may_change else None,
        **_preview(round, USES[use_word], form, pictures),
    }
    wrong = form.errors or (picture_form and picture_form.errors)
    return render(request, "judging/certificates/design.html", context, status=422 if wrong else 200)


def _use(use_word: str) -> CertificateUse:
    if use_word not in USES:
        raise Http404
    return USES[use_word]


def _tabs(round: Round, use_word: str) -> list[dict[str, Any]]:
    return [
        {
            "query": round_url("judging:certificate_design", round, use_word=word),
            "label": use.label,
            "current": word == use_word,
        }
        for word, use in USES.items()
    ]


def _preview(round: Round, use: str, form: DesignForm, pictures: list[DesignPicture]) -> dict[str, Any]:
    """What the preview shows: the posted choice where it can be drawn, else what is saved."""
    known = {one.pk: one for one in pictures}
    try:
        if form.is_bound and form.is_valid():
            look = chosen_look(use, form.choice(), known)
            shown = preview_data(round, use, _which(form.cleaned_data["shown"]), look)
            return preview_context(shown) | {"is_stretched": is_stretched(form.cleaned_data, known)}
        shown = preview_data(round, use, LONGEST)
        return preview_context(shown) | {"is_stretched": is_stretched(form.initial, known)}
    except DomainError as error:
        return {"preview_error": explain(error)}


def _which(word: str | None) -> str:
    return word if word in (LONGEST, SHORTEST, SAMPLE) else LONGEST


def _warn_if_too_long(request: HttpRequest, round: Round, use: str) -> None:
    if not fits(preview_data(round, use, LONGEST)):
        messages.warning(request, DOES_NOT_FIT)


@require_safe
@round_page(can_see_certificate_designs)
def certificate_sample(request: HttpRequest, round: Round, use_word: str) -> HttpResponse:
    """The saved look as PDF, marked as a preview, with the name that ``nama`` asks for."""
    use = _use(use_word)
    try:
        content = render_certificate(preview_data(round, use, _which(request.GET.get("nama"))))
    except CertificateDoesNotFit:
        messages.error(request, DOES_NOT_FIT)
        return redirect(round_url("judging:certificate_design", round, use_word=use_word))
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:certificate_design", round, use_word=use_word))
    response = HttpResponse(content, content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = f'inline; filename="pratinjau-piagam-{use_word}.pdf"'
    return response


@require_POST
@round_page(can_design_certificates)
def add_design_picture(request: HttpRequest, round: Round, use_word: str) -> HttpResponse:
    """Take one picture for the designs of the round, and return to the design that it was brought for."""
    use = _use(use_word)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        found = form.cleaned_data
        told = {"kind": found["kind"], "name": found["file"].name, "content": found["content"]}
        attempt(request, _("Added."), add_picture, round=round, **told, actor=person(request), at=clock.now())
        return redirect(round_url("judging:certificate_design", round, use_word=use_word) + "#pictures")
    pictures = list(pictures_of(round))
    design = DesignForm(initial=initial_of(use, design_of(round, use)), pictures=pictures)
    return _page(request, round, use_word, design, pictures, form)


@require_safe
@round_page(can_see_certificate_designs)
def design_picture(request: HttpRequest, round: Round, picture_id: int) -> HttpResponse:
    """One picture, as it was drawn anew."""
    picture = picture_in(round, picture_id)
    if picture is None:
        raise Http404
    try:
        content = picture_bytes(picture)
    except DomainError:
        raise Http404 from None
    return HttpResponse(content, content_type="image/png", headers=HEADERS)


@require_POST
@round_page(can_design_certificates)
def withdraw_design_picture(request: HttpRequest, round: Round, picture_id: int) -> HttpResponse:
    """Offer a picture no longer."""
    picture = picture_in(round, picture_id)
    if picture is None:
        raise Http404
    attempt(request, _("Taken away."), withdraw_picture, picture=picture, actor=person(request), at=clock.now())
    return redirect(round_url("judging:certificate_designs", round) + "#pictures")


urlpatterns = [
    path("piagam/", certificate_design, name="certificate_designs"),
    path("piagam/gambar/<int:picture_id>/", design_picture, name="design_picture"),
    path("piagam/gambar/<int:picture_id>/cabut/", withdraw_design_picture, name="withdraw_design_picture"),
    path("piagam/<slug:use_word>/", certificate_design, name="certificate_design"),
    path("piagam/<slug:use_word>/contoh/", certificate_sample, name="certificate_sample"),
    path("piagam/<slug:use_word>/gambar/", add_design_picture, name="add_design_picture"),
]
