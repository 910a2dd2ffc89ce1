"""How the marks of the seats become one number: one small module per method, found through ``registry``."""

from .base import Aggregate, Method, PanelSettings
from .registry import METHODS

__all__ = ["METHODS", "Aggregate", "Method", "PanelSettings"]
