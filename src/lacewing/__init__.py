"""Lacewing: a self-hosted bug reporter and tracker."""

__version__ = "0.1.0"
