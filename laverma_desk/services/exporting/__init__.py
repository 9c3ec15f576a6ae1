"""What leaves the desk as a file: streamed, and there only when it is complete."""
