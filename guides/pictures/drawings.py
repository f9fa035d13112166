"""SVG: which drawings are taken. They are refused or kept as they are, never mended.

A drawing is shown by `<img>`, where a browser runs nothing in it, and sent under a policy that forbids
scripts and foreign hosts. This check stands before both, and tells the editor what is wrong.
"""

import re
from typing import NoReturn
from xml.parsers import expat

from guides.pictures.refusal import PictureRefused

ELEMENTS = {
    *("svg", "title", "desc", "style", "defs", "g", "symbol", "marker", "clipPath", "mask", "pattern"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan", "textPath", "use"),
    *("linearGradient", "radialGradient", "stop"),
}
# In a style or an attribute. Escapes of CSS could spell any of these, so there may be none.
ELSEWHERE = re.compile(
    r"url\(\s*+['\"]?(?!#|['\"]?#)|@import|image-set\(|image\(|src\(|javascript:|\\", re.IGNORECASE
)
NUMBER = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)\s*(?:px)?\s*")


def size_of_drawing(content: bytes) -> tuple[int, int]:
    """Return width and height of the drawing in pixels; raises `PictureRefused` if it is not taken."""
    drawing = _Drawing()
    parser = expat.ParserCreate()
    parser.StartElementHandler = drawing.element
    parser.CharacterDataHandler = drawing.words.append
    parser.StartDoctypeDeclHandler = drawing.doctype
    parser.ProcessingInstructionHandler = drawing.instruction
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # or an encoding that nobody knows
        raise PictureRefused(f"The SVG file is not well formed: {error}.") from error
    return drawing.size()


class _Drawing:
    """What the parser has met so far."""

    def __init__(self) -> None:
        self.root: dict[str, str] | None = None
        self.words: list[str] = []

    def element(self, name: str, attributes: dict[str, str]) -> None:
        if self.root is None:
            if name != "svg":
                raise PictureRefused(f"The file is no SVG: it begins with <{name}>.")
            if attributes.get("xmlns") != "http://www.w3.org/2000/svg":
                raise PictureRefused("The SVG lacks its xmlns, without which browsers draw nothing.")
            self.root = attributes
        if name not in ELEMENTS:
            raise PictureRefused(
                f"The SVG holds <{name}>, which is not taken. "
                "Export it as plain SVG, without scripts and effects."
            )
        for key, value in attributes.items():
            if key.lower().startswith("on"):
                raise PictureRefused(f"The SVG holds the script “{key}”. Take it out.")
            is_link = key.rpartition(":")[2].lower() == "href"
            if (is_link and not value.startswith("#")) or ELSEWHERE.search(value):
                raise PictureRefused(f"The SVG asks for something outside itself: {value:.60}. Take it out.")

    def doctype(self, *_: object) -> NoReturn:
        raise PictureRefused("The SVG has a DOCTYPE, which can make a short file endless. Take it out.")

    def instruction(self, *_: object) -> NoReturn:
        raise PictureRefused("The SVG names a stylesheet of another file. Put the style inside.")

    def size(self) -> tuple[int, int]:
        if ELSEWHERE.search("".join(self.words)):
            raise PictureRefused("The style of the SVG asks for something outside itself. Take it out.")
        root = self.root or {}
        box = root.get("viewBox", "").replace(",", " ").split()
        sides = (root.get("width", ""), root.get("height", ""))
        found = [NUMBER.fullmatch(side) for side in sides]
        if not all(found) and len(box) == 4:
            found = [NUMBER.fullmatch(side) for side in box[2:]]
        width, height = (round(float(side[1])) if side else 0 for side in found)
        if not (0 < width <= 20_000 and 0 < height <= 20_000):
            raise PictureRefused("The SVG does not say its size. Give it a width and a height in pixels.")
        return width, height
