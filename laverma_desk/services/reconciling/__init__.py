"""What the remote tools wrote down, held against the sessions of the desk."""
