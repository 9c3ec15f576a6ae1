"""Customers from files and into files: chosen, understood, looked at, and only then written."""
