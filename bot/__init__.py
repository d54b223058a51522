"""The surfaces: Discord and the terminal."""
