"""What stands between the start of the window and a desk on a server: the login, and what keeps it away."""
