"""Scores as files, for whoever may see the ranking."""

from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from judging.documents.scores_csv import csv_pieces
from judging.permissions import can_see_standings
from judging.selectors.score_rows import score_table
from nominees.models import Round
from nominees.web.access import round_page

from .downloads import HEADERS


@require_safe
@round_page(can_see_standings)
def scores(request: HttpRequest, round: Round) -> StreamingHttpResponse:
    """Every score of a category (``?kategori=``; the first unless told), sent while it is written; a pool has none."""
    table = None if "umum" in request.GET else score_table(round, request.GET.get("kategori", ""))
    if table is None:
        raise Http404
    names = [leaf.title or leaf.id for leaf in table.criteria]
    response = StreamingHttpResponse(
        csv_pieces(names, table.rows()), content_type="text/csv; charset=utf-8", headers=HEADERS
    )
    name = f"nilai-{round.scope.replace('/', '-')}-{table.code}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [path("peringkat/nilai.csv", scores, name="scores_csv")]
