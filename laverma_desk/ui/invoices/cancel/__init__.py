"""The form that cancels an issued invoice, and offers the corrected one."""
