"""From what somebody uploads to what browsers are sent: encoded anew, but for drawings, which are checked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from io import BytesIO

from PIL import Image

from guides.pictures.drawings import size_of_drawing
from guides.pictures.refusal import PictureRefused
from guides.pictures.webp import is_lossless, is_ours

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
    """A picture of `width` by `height` pixels: its largest file, and how the smaller ones are made."""

    width: int
    height: int
    largest: Encoding
    make_smaller: Callable[[], list[Encoding]] = list

    @cached_property
    def files(self) -> tuple[Encoding, ...]:
        """Its files from small to large."""
        return (*self.make_smaller(), self.largest)


def encode(content: bytes) -> Encoded:
    """Return the uploaded picture as files to send: a drawing as it is, anything else as WebP in sizes.

    What a camera notes of place and time is left behind. A WebP that is such a file already stays, byte for
    byte, the largest of the sizes. Raises `PictureRefused`.
    """
    encoded = prepare(content)
    *smaller, _ = encoded.files
    return replace(encoded, make_smaller=lambda: smaller)


def prepare(content: bytes) -> Encoded:
    """Return what `encode` does; the smaller files are made when they are asked for."""
    if len(content) > BYTES:
        raise PictureRefused(f"The file has more than {BYTES // 1024**2} MB. Make the picture smaller.")
    if content.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        width, height = size_of_drawing(content)
        return Encoded(width, height, Encoding(content, width, "svg"))
    return _photo(content)


def _photo(content: bytes) -> Encoded:
    picture = _opened(content)
    largest = min(picture.image.width, WIDTHS[-1])
    if _height(picture.image, largest) > TALLEST:
        raise PictureRefused("The picture is too tall for its width. Cut it into several.")
    height = _height(picture.image, largest)
    if picture.is_ours and picture.image.width == largest:
        return Encoded(largest, height, Encoding(content, largest, "webp"), partial(_smaller, content))
    smaller = _sizes(picture, largest)
    return Encoded(largest, height, _webp(picture, largest), lambda: smaller)


@dataclass(frozen=True)
class _Picture:
    """A picture as it is to be seen; `is_exact`: without the losses of a camera, `is_ours`: one of ours."""

    image: Image.Image
    is_exact: bool
    is_ours: bool


def _opened(content: bytes) -> _Picture:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS:
                raise Image.DecompressionBombError
            is_webp = opened.format == "WEBP"
            is_exact = opened.format == "PNG" or (is_webp and is_lossless(content))
            return _Picture(_upright(opened), is_exact, is_webp and is_ours(content))
    except Image.DecompressionBombError as error:
        raise PictureRefused("The picture has more than 60 million pixels. Make it smaller.") from error
    except (OSError, ValueError, SyntaxError, RuntimeError) as error:
        raise PictureRefused(
            "This cannot be read as a picture. Choose a JPEG, PNG, WebP, AVIF or SVG file."
        ) from error


def _smaller(content: bytes) -> list[Encoding]:
    """Return the smaller files of the picture in `content`, which is the largest one."""
    picture = _opened(content)
    return _sizes(picture, picture.image.width)


def _sizes(picture: _Picture, largest: int) -> list[Encoding]:
    return [_webp(picture, width) for width in WIDTHS if width < largest]


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


def _webp(picture: _Picture, width: int) -> Encoding:
    """Return `picture` at `width`; one without the noise of a camera is often smaller without loss."""
    image = picture.image
    scaled = image.resize((width, _height(image, width)), Image.Resampling.LANCZOS)
    ways = (False, True) if picture.is_exact else (False,)
    return Encoding(min((_saved(scaled, lossless=way) for way in ways), key=len), width, "webp")


def _saved(image: Image.Image, *, lossless: bool) -> bytes:
    out = BytesIO()
    profile = image.info.get("icc_profile", b"")  # what its colours mean
    image.save(
        out, "WEBP", quality=QUALITY, lossless=lossless, method=6, icc_profile=profile, exif=b"", xmp=b""
    )
    return out.getvalue()
