"""What is done on the machine itself: serving, working, administering."""
