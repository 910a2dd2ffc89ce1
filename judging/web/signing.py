"""Electronic signatures on issued papers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
