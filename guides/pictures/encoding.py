"""From what somebody uploads to what browsers are sent: encoded anew, but for drawings, which are checked."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from guides.pictures.drawings import size_of_drawing
from guides.pictures.refusal import PictureRefused

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
WIDTHS = (480, 960, 1600)  # pixels: a phone, running text on a fine screen, the largest worth its bytes
BYTES = 12 * 1024 * 1024
PIXELS = 60_000_000
TALLEST = 16_383  # pixels: what WebP can hold
ORIENTATION = 0x0112  # EXIF: how the camera was held, and what turns the picture upright
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
QUALITY = 82  # of lossy WebP, where differences from the original stop being seen


@dataclass(frozen=True)
class Encoding:
    """One file of a picture; `width` in pixels."""

    content: bytes
    width: int
    suffix: str


@dataclass(frozen=True)
class Encoded:
    """A picture of `width` by `height` pixels, with its files from small to large."""

    width: int
    height: int
    files: tuple[Encoding, ...]


def encode(content: bytes) -> Encoded:
    """Return the uploaded picture as files to send: a drawing as it is, anything else as WebP in sizes.

    What a camera notes of place and time is left behind. Raises `PictureRefused`.
    """
    if len(content) > BYTES:
        raise PictureRefused(f"The file has more than {BYTES // 1024**2} MB. Make the picture smaller.")
    if content.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        width, height = size_of_drawing(content)
        return Encoded(width, height, (Encoding(content, width, "svg"),))
    return _photo(content)


def _photo(content: bytes) -> Encoded:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                raise Image.DecompressionBombError
            is_exact = opened.format == "PNG"
            image = _upright(opened)
    except Image.DecompressionBombError as error:
        raise PictureRefused("The picture has more than 60 million pixels. Make it smaller.") from error
    except (OSError, ValueError, SyntaxError, RuntimeError) as error:
        raise PictureRefused(
            "This cannot be read as a picture. Choose a JPEG, PNG, WebP, AVIF or SVG file."
        ) from error
    largest = min(image.width, WIDTHS[-1])
    if _height(image, largest) > TALLEST:
        raise PictureRefused("The picture is too tall for its width. Cut it into several.")
    widths = [*(width for width in WIDTHS if width < largest), largest]
    files = tuple(_webp(image, width, is_exact=is_exact) for width in widths)
    return Encoded(largest, _height(image, largest), files)


def _upright(opened: Image.Image) -> Image.Image:
    """Return the picture as it is to be seen, in eight bits a channel."""
    turn = TURNS.get(opened.getexif().get(ORIENTATION, 1))
    image: Image.Image = opened.transpose(turn) if turn is not None else opened
    if image.mode.startswith("I"):  # greys of 16 bits, which Pillow would cut off instead of scaling
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode not in ("RGB", "RGBA"):
        image.info.pop("icc_profile", None)  # it speaks of other channels
    return image.convert("RGBA" if opened.has_transparency_data else "RGB")


def _height(image: Image.Image, width: int) -> int:
    return max(round(image.height * width / image.width), 1)


def _webp(image: Image.Image, width: int, *, is_exact: bool) -> Encoding:
    """Return `image` at `width`; a picture without the noise of a camera is often smaller without loss."""
    scaled = image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)
    contents = [_saved(scaled, lossless=lossless) for lossless in ((False, True) if is_exact else (False,))]
    return Encoding(min(contents, key=len), width, "webp")


def _saved(image: Image.Image, *, lossless: bool) -> bytes:
    out = BytesIO()
    profile = image.info.get("icc_profile", b"")  # what its colours mean
    image.save(
        out, "WEBP", quality=QUALITY, lossless=lossless, method=6, icc_profile=profile, exif=b"", xmp=b""
    )
    return out.getvalue()
