"""The ceremony: running order, guests, lists, the announcer's script."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
