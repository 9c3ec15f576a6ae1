"""What the tax adviser gets: bookings and debtors in the format of DATEV."""
