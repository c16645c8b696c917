"""Commands that talk to a server over HTTP. They know nothing of the server's own code."""
