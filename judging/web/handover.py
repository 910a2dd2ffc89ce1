"""The package of a province's winners for the national round."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
