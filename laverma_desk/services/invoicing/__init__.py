"""Invoices: from open sessions over drafts to documents that never change, and the money that follows."""
