"""Motions and ballots of the plenary, and what the projector shows."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
