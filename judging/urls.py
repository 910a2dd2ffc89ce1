"""Addresses of the judging pages, under ``<year>/<scope>/``; each subject lists its own beside its views."""

from django.urls import URLPattern

from judging.web import (
    audit,
    categories,
    documents,
    exports,
    firmness,
    forwarding,
    my_day,
    packages,
    panel,
    plenary,
    progress,
    ranking,
    reminders,
    reopening,
    rounds,
    rubrics,
    rules,
    runs,
    schedule,
    score_sheets,
    secretariat_scores,
    sheet_workbooks,
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
    *reminders.urlpatterns,
    *schedule.urlpatterns,
    *score_sheets.urlpatterns,
    *secretariat_scores.urlpatterns,
    *my_day.urlpatterns,
    *reopening.urlpatterns,
    *sheets.urlpatterns,
    *sheet_workbooks.urlpatterns,
    *documents.urlpatterns,
    *forwarding.urlpatterns,
    *audit.urlpatterns,
]
