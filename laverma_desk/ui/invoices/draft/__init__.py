"""The form of a draft: what goes onto the invoice, and under which terms."""
