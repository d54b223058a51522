"""What is written, and how it is read."""

from pathlib import Path

SHIPPED = Path(__file__).parent / "documents"
"""The folder of the dossiers that come with the program."""
