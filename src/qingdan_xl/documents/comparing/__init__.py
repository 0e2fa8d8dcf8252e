"""Two lists side by side: which duty is which, what became of it, and whose id it keeps."""
