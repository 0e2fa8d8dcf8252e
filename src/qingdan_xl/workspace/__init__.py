"""The year folder: its layout, its settings, atomic writes and the lock."""
