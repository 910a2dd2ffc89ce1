"""How certificates look: designs, pictures, signature blocks, preview."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
