"""How dates and times are written where a template does not say it: in the studio."""
