"""What the command line, the web page and notebooks call."""
