"""Zones of the national round."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
