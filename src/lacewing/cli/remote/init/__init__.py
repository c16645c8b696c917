"""`lacewing init`: from an empty hand to a project's first report."""
