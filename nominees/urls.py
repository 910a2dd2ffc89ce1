"""Addresses of the nominees' pages, under ``<year>/<scope>/``."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
