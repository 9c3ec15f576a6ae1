"""Invoices: what is open to bill, drafts, and what was issued, with the paper beside the list."""
