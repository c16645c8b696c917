"""`lacewing report`: from a shell, or for a command that failed."""
