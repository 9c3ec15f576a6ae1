"""The practices: who is on the phone, their full record, the list of all, one made of two."""
