"""What the house sets once: sender, prices, people, mail account, words; by the window or from a file."""
