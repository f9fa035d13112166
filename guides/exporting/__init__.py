"""A working copy as the files of a content folder, on disk or in a zip; `guides.loading` reads them."""
