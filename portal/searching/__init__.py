"""The search of the whole site: its page, what it suggests while one types, and the API."""
