"""Public result pages: permanent addresses under ``hasil/``, for anybody."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
