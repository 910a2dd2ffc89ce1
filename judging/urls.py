"""Addresses of the judging pages, under ``<year>/<scope>/``; each subject lists its own beside its views."""

from django.urls import URLPattern

app_name = "judging"

urlpatterns: list[URLPattern] = []
