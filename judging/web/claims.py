"""Verification of what provinces claim for their winners."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
