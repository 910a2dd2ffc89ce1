"""Papers issued many at a time, and how their numbers are written."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
