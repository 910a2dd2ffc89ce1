"""The reveal: the presenter's window and the projector's screen."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
