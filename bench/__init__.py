"""Speed, as ratios between things that run side by side: `make bench`."""
