"""The words of the decree."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
