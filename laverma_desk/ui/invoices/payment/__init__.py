"""The form that writes down what came in for an invoice."""
