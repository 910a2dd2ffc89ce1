"""What the public reads of a result, and from when."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
