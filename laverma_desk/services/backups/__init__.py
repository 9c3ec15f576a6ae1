"""Copies of the desk: made by themselves every day, kept for a year, locked on wish, and brought back."""
