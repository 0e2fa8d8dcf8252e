"""What the commands do, without the terminal: one function a verb, a year folder in, a result value out."""
