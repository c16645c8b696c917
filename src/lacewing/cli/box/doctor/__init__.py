"""`lacewing doctor`: looks at what a server needs, changes nothing, and says what to do."""
