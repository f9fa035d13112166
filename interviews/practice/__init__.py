"""Practice: which card is next, what a rating does to it, and what was done."""
