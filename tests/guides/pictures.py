"""Pictures for tests, made in memory."""

from io import BytesIO

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def saved(image, kind="JPEG", **options):
    """Return `image` as a file of this kind."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(width=60, height=40, kind="JPEG", **options):
    """Return a file of a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return saved(image, kind, **options)


def drawing(inside="", attributes='width="300" height="200"'):
    """Return an SVG file."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inside}</svg>'.encode()


def opened(content):
    """Return the picture in a file, read whole."""
    image = Image.open(BytesIO(content))
    image.load()
    return image


def is_near(colour, other):
    """Whether two colours look the same, but for what lossy encodings do to them."""
    return all(abs(one - two) < 24 for one, two in zip(colour, other, strict=True))
