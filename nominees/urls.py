"""Addresses of the nominees' pages, under ``<year>/<scope>/``."""

from django.urls import URLPattern

app_name = "nominees"
urlpatterns: list[URLPattern] = []
