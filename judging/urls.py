"""Addresses of the judging pages, under ``<year>/<scope>/``; each subject lists its own beside its views."""

from django.urls import URLPattern

from judging.web import (
    audit,
    categories,
    documents,
    exports,
    firmness,
    forwarding,
    packages,
    panel,
    plenary,
    progress,
    ranking,
    rounds,
    rubrics,
    rules,
    runs,
    schedule,
    secretariat_scores,
    sheets,
    standing,
)

app_name = "judging"

urlpatterns: list[URLPattern] = [
    *rounds.urlpatterns,
    *categories.urlpatterns,
    *rules.urlpatterns,
    *panel.urlpatterns,
    *rubrics.urlpatterns,
    *ranking.urlpatterns,
    *standing.urlpatterns,
    *runs.urlpatterns,
    *firmness.urlpatterns,
    *packages.urlpatterns,
    *exports.urlpatterns,
    *plenary.urlpatterns,
    *progress.urlpatterns,
    *schedule.urlpatterns,
    *secretariat_scores.urlpatterns,
    *sheets.urlpatterns,
    *documents.urlpatterns,
    *forwarding.urlpatterns,
    *audit.urlpatterns,
]
