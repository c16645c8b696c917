"""`lacewing tickets`."""
