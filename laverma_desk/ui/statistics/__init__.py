"""The page of figures: how the desk is doing."""
