"""What is kept: files written so that a crash leaves the old or the new, never a half."""
