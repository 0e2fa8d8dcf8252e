"""Files that came back → checked rows → store."""
