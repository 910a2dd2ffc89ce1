"""How a province's winners fare in the national round, once it is announced."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
