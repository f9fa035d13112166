"""Pictures as files: what is uploaded is checked, encoded anew and stored under the name of its content."""
