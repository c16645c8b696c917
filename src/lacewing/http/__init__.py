"""The edge: three thin dialects over one core."""
