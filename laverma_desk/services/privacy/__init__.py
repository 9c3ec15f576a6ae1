"""What data protection asks of a desk: tell a person everything (Art. 15 GDPR), and forget (Art. 17)."""
