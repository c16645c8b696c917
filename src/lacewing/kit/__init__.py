"""Leaf helpers: they know nothing of the product."""
