"""The catalog's pages: lists with filters, courses and certifications, providers, skills, the comparison."""
