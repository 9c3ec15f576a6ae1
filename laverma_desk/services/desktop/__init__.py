"""How the desktop of this machine finds the program: its menu, its icon, the links laverma-desk: and tel:."""
