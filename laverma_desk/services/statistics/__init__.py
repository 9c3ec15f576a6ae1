"""Figures: read, put into tables, and written into files."""
