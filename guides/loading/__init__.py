"""Content as files: a folder is read and checked as a whole, then written into the working copy."""
