"""Files named by their fault, made by scripts: a good form spoiled in one way."""
