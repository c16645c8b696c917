"""Sends a program's failures as reports. It never raises into the program and never makes it wait."""

from lacewing.client.monitoring.monitor import Monitor
from lacewing.client.monitoring.occasion import Occasion, current_occasion

__all__ = ["Monitor", "Occasion", "current_occasion"]
