"""The statement of a period: figures for a customer without an invoice."""
