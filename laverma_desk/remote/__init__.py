"""The remote tools: how each is started with a partner ID, and what each writes down by itself."""
