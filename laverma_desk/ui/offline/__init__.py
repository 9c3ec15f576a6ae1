"""What the window says while the shared desk's server is away, and when it is back."""
