"""What the forms beside the list of invoices are made of."""
