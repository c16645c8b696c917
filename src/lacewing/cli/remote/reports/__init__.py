"""`lacewing reports`: a module a verb."""
