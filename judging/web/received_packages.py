"""Packages of the provinces at the national round, and the state of every province."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
