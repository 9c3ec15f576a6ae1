"""The first start: a few questions, each of which can wait."""
