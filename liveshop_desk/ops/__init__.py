"""One short function per act of the user; each changes the shop in one journal step."""
