"""What is said before the window closes: what would be lost, and that time runs on."""
