"""Pictures: what is taken and what becomes of it, where it is stored, and how it is sent."""

from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image, ImageCms

from guides.models import Picture
from guides.pictures.encoding import BYTES, encode
from guides.pictures.refusal import PictureRefused
from guides.pictures.storing import fill
from tests.factories import PictureFactory
from tests.guides.pictures import BLUE, RED, drawing, is_near, opened, photo, saved

UNREADABLE = "This cannot be read as a picture. Choose a JPEG, PNG, WebP, AVIF or SVG file."
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825  # of EXIF


def refusal(content):
    """Return why `content` is refused."""
    with pytest.raises(PictureRefused) as refused:
        encode(content)
    return str(refused.value)


def only(encoded):
    """Return the picture in the only file of `encoded`."""
    (file,) = encoded.files
    return opened(file.content)


@pytest.fixture
def storage(settings, tmp_path):
    """The folder where pictures are stored, empty."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "pictures"


def stored(storage):
    """Return the names of the files in the storage."""
    return sorted(path.name for path in Path(storage).iterdir())


# --- Sizes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (1, [1]),
        (300, [300]),
        (480, [480]),
        (481, [480, 481]),
        (960, [480, 960]),
        (1200, [480, 960, 1200]),
        (1600, [480, 960, 1600]),
        (1601, [480, 960, 1600]),
        (3000, [480, 960, 1600]),
    ],
)
def test_picture_comes_in_sizes_and_is_never_enlarged(width, widths):
    encoded = encode(photo(width, width // 2 or 1))
    assert [file.width for file in encoded.files] == widths
    assert [opened(file.content).width for file in encoded.files] == widths
    assert encoded.width == widths[-1]


@pytest.mark.parametrize(
    ("size", "shown"), [((3200, 1000), (1600, 500)), ((1000, 999), (1000, 999)), ((1601, 1601), (1600, 1600))]
)
def test_picture_keeps_its_shape(size, shown):
    encoded = encode(photo(*size))
    assert (encoded.width, encoded.height) == shown
    assert opened(encoded.files[-1].content).size == shown


def test_picture_that_is_very_wide_keeps_a_row():
    encoded = encode(photo(8000, 1, "PNG"))
    assert [opened(file.content).size for file in encoded.files] == [(480, 1), (960, 1), (1600, 1)]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_of_each_kind_becomes_webp(kind):
    encoded = encode(photo(kind=kind))
    assert ([file.suffix for file in encoded.files], only(encoded).format) == (["webp"], "WEBP")
    assert is_near(only(encoded).getpixel((5, 5)), RED)
    assert is_near(only(encoded).getpixel((55, 35)), BLUE)


def test_sizes_of_a_photo_grow_in_bytes():
    noise = saved(Image.effect_noise((1600, 400), 60).convert("RGB"))
    small, middle, large = (len(file.content) for file in encode(noise).files)
    assert small < middle < large


# --- Pictures that are ours already ------------------------------------------------------------


def own(width=1200, kind="JPEG"):
    """Return the largest file that we make of a picture."""
    return encode(photo(width, 300, kind)).files[-1].content


def transparent(**options):
    image = Image.new("RGBA", (700, 40), (*RED, 90))
    return saved(image, "WEBP", **options)


@pytest.mark.parametrize(
    "content",
    [
        *(own(), own(1600), own(300), own(kind="PNG"), transparent(), transparent(lossless=True)),
        photo(
            700, 40, "WEBP", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        ),
    ],
)
def test_webp_as_we_make_it_stays_byte_for_byte(content):
    encoded = encode(content)
    assert encoded.files[-1].content == content
    assert [opened(file.content).width for file in encoded.files] == [file.width for file in encoded.files]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_encoding_what_was_encoded_gives_the_same_files(kind):
    again = encode(own(kind=kind))
    assert encode(again.files[-1].content).files == again.files


def test_smaller_files_of_an_exact_picture_are_those_of_the_first_time():
    first = encode(photo(1200, 300, "PNG"))
    assert encode(first.files[-1].content).files == first.files


def animated():
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE)]
    return saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    "content",
    [
        own() + b"trailing",
        own() + b"JUNK\4\0\0\0abcd",
        photo(60, 40, "WEBP", xmp=b"<x/>"),
        photo(1601, 40, "WEBP"),
        animated(),
    ],
)
def test_webp_that_holds_anything_else_is_encoded_anew(content):
    encoded = encode(content)
    assert encoded.files[-1].content != content
    assert encode(encoded.files[-1].content).files[-1] == encoded.files[-1]


def test_webp_with_a_part_that_nobody_knows_is_encoded_anew():
    content = own()
    content += b"JUNK\4\0\0\0abcd"
    content = content[:4] + (len(content) - 8).to_bytes(4, "little") + content[8:]
    assert b"JUNK" not in encode(content).files[-1].content


def test_webp_whose_picture_is_broken_is_refused():
    content = own()
    assert refusal(content[:40] + bytes(len(content) - 40)) == UNREADABLE


def test_drawing_stays_as_it_is():
    assert encode(encode(drawing()).files[0].content).files[0].content == drawing()


# --- What a camera notes -----------------------------------------------------------------------


def notes(**tags):
    exif = Image.Exif()
    exif[MAKE] = "Camera of a learner"
    exif.get_ifd(GPS).update({1: "N", 2: (48.0, 8.0, 24.0)})
    for tag, value in tags.items():
        exif[globals()[tag]] = value
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_notes_of_a_camera_are_left_behind(kind):
    content = photo(kind=kind, exif=notes())
    assert opened(content).getexif().get_ifd(GPS)[1] == "N"
    (file,) = encode(content).files
    assert dict(opened(file.content).getexif()) == {}
    assert not any(mark in file.content for mark in (b"EXIF", b"XMP ", b"Camera"))


def test_notes_of_an_editor_are_left_behind():
    content = photo(kind="WEBP", xmp=b"<x:xmpmeta>Made by a learner</x:xmpmeta>")
    assert b"Made by a learner" in content
    assert b"Made by a learner" not in encode(content).files[0].content


@pytest.mark.parametrize(
    ("orientation", "size", "red", "blue"),
    [
        (1, (60, 40), (5, 20), (55, 20)),
        (2, (60, 40), (55, 20), (5, 20)),
        (3, (60, 40), (55, 20), (5, 20)),
        (6, (40, 60), (20, 5), (20, 55)),
        (8, (40, 60), (20, 55), (20, 5)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_turned_as_the_camera_says(kind, orientation, size, red, blue):
    encoded = encode(photo(kind=kind, exif=notes(ORIENTATION=orientation)))
    image = only(encoded)
    assert (encoded.width, encoded.height) == image.size == size
    assert is_near(image.getpixel(red), RED)
    assert is_near(image.getpixel(blue), BLUE)


# --- Colours -----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_transparency_is_kept(mode):
    image = Image.new(mode, (60, 40), 0)
    image.paste(255, (0, 0, 30, 40))
    image.putalpha(Image.linear_gradient("L").resize((60, 40)))
    shown = only(encode(saved(image, "PNG")))
    assert shown.mode == "RGBA"
    assert (shown.getpixel((5, 0))[3] < 10, shown.getpixel((5, 39))[3] > 240) == (True, True)


def test_transparency_of_a_palette_is_kept():
    image = Image.new("P", (60, 40), 0)
    image.putpalette([*RED, *BLUE])
    image.paste(1, (30, 0, 60, 40))
    shown = only(encode(saved(image, "PNG", transparency=0)))
    assert [shown.getpixel((x, 20))[3] for x in (5, 55)] == [0, 255]
    assert shown.getpixel((55, 20))[:3] == BLUE


def test_picture_without_transparency_has_none():
    assert only(encode(photo(kind="PNG"))).mode == "RGB"


def test_png_of_few_colours_stays_exact():
    image = Image.new("P", (60, 40), 0)
    image.putpalette([*RED, *BLUE])
    for x in range(0, 60, 3):
        image.paste(1, (x, 0, x + 1, 40))
    shown = only(encode(saved(image, "PNG")))
    assert shown.convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_png_of_a_photo_is_smaller():
    content = saved(Image.effect_noise((300, 200), 60).convert("RGB"), "PNG")
    assert len(encode(content).files[0].content) < len(content)


@pytest.mark.parametrize(
    ("mode", "kind", "colour"),
    [
        ("1", "PNG", 1),
        ("L", "JPEG", 255),
        ("L", "PNG", 255),
        ("P", "PNG", 255),
        ("I;16", "PNG", 65535),
        ("CMYK", "JPEG", (0, 0, 0, 0)),
    ],
)
def test_white_of_other_modes_stays_white(mode, kind, colour):
    image = Image.new(mode, (60, 40), colour)
    if mode == "P":
        image.putpalette(bytes(range(256)) * 3, "RGB;L")
    assert min(only(encode(saved(image, kind))).convert("RGB").getpixel((30, 20))) > 250


def test_animation_becomes_its_first_picture():
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE)]
    content = saved(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100, lossless=True)
    shown = only(encode(content))
    assert (shown.n_frames, is_near(shown.getpixel((30, 20)), RED)) == (1, True)


# --- Refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"Dear reader, this is no picture.",
        b"%PDF-1.7",
        b"GIF89a",
        saved(Image.new("P", (6, 4)), "GIF"),
        saved(Image.new("RGB", (6, 4)), "BMP"),
        saved(Image.new("RGB", (6, 4)), "TIFF"),
        saved(Image.new("RGB", (6, 4)), "PPM"),
        photo()[:20],
    ],
    ids=["nothing", "zeros", "text", "pdf", "a head", "gif", "bmp", "tiff", "ppm", "a start"],
)
def test_what_is_no_picture_of_ours_is_refused(content):
    assert refusal(content) == UNREADABLE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_picture_that_is_cut_off_is_refused(kind, part):
    content = saved(Image.effect_noise((90, 60), 60).convert("RGB"), kind)
    assert refusal(content[: int(len(content) * part)]) == UNREADABLE


def test_avif_without_its_picture_is_refused():
    content = photo(kind="AVIF")
    assert refusal(content.replace(b"av01", b"none")) == UNREADABLE


def test_file_that_is_too_large_is_refused():
    assert refusal(photo() + b"\0" * BYTES) == "The file has more than 12 MB. Make the picture smaller."


def test_file_of_just_as_many_bytes_as_are_taken_is_taken():
    content = photo()
    assert encode(content + b"\0" * (BYTES - len(content))).width == 60


def test_picture_of_too_many_pixels_is_refused_before_it_is_read():
    content = saved(Image.new("1", (10_000, 6_001)), "PNG")
    assert len(content) < 10_000
    assert refusal(content) == "The picture has more than 60 million pixels. Make it smaller."


# --- Drawings ----------------------------------------------------------------------------------

GOOD = """
  <title>A ladder</title><desc>Four rungs</desc>
  <style>.rung { fill: #0a6; font: 14px sans } @media (width > 1px) { text { fill: url(#wood) } }</style>
  <defs><linearGradient id="wood"><stop offset="0" stop-color="#fff"/></linearGradient>
    <clipPath id="c"><circle r="3"/></clipPath><marker id="m"><path d="M0 0h1"/></marker>
    <symbol id="s"><rect width="1" height="1"/></symbol></defs>
  <g class="rung" clip-path="url(#c)" mask="url('#c')" style="fill: url( &quot;#wood&quot; )">
    <use href="#s"/><use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="#s"/>
    <polyline points="0,0 1,1"/><text x="1">One <tspan>&#8594;</tspan> &lt;two&gt;</text></g>
"""


def test_good_drawing_is_kept_as_it_is():
    content = drawing(GOOD)
    encoded = encode(content)
    assert (encoded.width, encoded.height) == (300, 200)
    assert [(file.content, file.width, file.suffix) for file in encoded.files] == [(content, 300, "svg")]


@pytest.mark.parametrize(
    "before", [b"\n ", b"\xef\xbb\xbf", b'<?xml version="1.0" encoding="utf-8"?>\n', b"<!-- a -->"]
)
def test_drawing_may_begin_with(before):
    assert encode(before + drawing()).files[0].suffix == "svg"


@pytest.mark.parametrize(
    ("inside", "name"),
    [
        ("<script>alert(1)</script>", "script"),
        ("<SCRIPT/>", "SCRIPT"),
        ("<x:script xmlns:x='http://www.w3.org/2000/svg'/>", "x:script"),
        ("<g><defs><g><script/></g></defs></g>", "script"),
        ("<foreignObject><p>x</p></foreignObject>", "foreignObject"),
        ("<image href='#a'/>", "image"),
        ("<a href='#a'/>", "a"),
        ("<animate attributeName='href'/>", "animate"),
        ("<set attributeName='href'/>", "set"),
        ("<handler/>", "handler"),
        ("<iframe/>", "iframe"),
        ("<metadata/>", "metadata"),
    ],
)
def test_drawing_of_more_than_shapes_is_refused(inside, name):
    assert refusal(drawing(inside)) == (
        f"The SVG holds <{name}>, which is not taken. Export it as plain SVG, without scripts and effects."
    )


@pytest.mark.parametrize("name", ["onclick", "ONLOAD", "onbegin", "on"])
def test_drawing_that_holds_a_handler_is_refused(name):
    assert refusal(drawing(f"<g {name}='x'/>")) == f"The SVG holds the script “{name}”. Take it out."


def test_drawing_that_runs_something_when_it_is_there_is_refused():
    content = drawing(attributes='width="3" height="2" onload="alert(1)"')
    assert refusal(content) == "The SVG holds the script “onload”. Take it out."


@pytest.mark.parametrize(
    "attribute",
    [
        'href="https://example.org/a.svg#b"',
        'href="//example.org/"',
        'href="other.svg"',
        'href=" #a"',
        'href=""',
        'href="javascript:alert(1)"',
        'href="data:image/svg+xml,x"',
        'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="https://example.org/"',
        'HREF="https://example.org/"',
        'fill="url(https://example.org/a.svg#b)"',
        "fill=\"URL( '//example.org')\"",
        'style="background: url(data:image/png;base64,AAAA)"',
        'style="background: u&#114;l(&quot;https://example.org/&quot;)"',
        "style=\"@import 'a.css'\"",
        'class="java&#115;cript:alert(1)"',
    ],
)
def test_drawing_that_asks_for_something_else_is_refused(attribute):
    message = refusal(drawing(f"<use {attribute}/>"))
    assert message.startswith("The SVG asks for something outside itself: ")
    assert message.endswith(". Take it out.")


@pytest.mark.parametrize(
    "style",
    [
        "@import 'https://example.org/a.css';",
        "@IMPORT url(a.css);",
        "rect { fill: url(https://example.org/) }",
        "rect { fill: url(  'a.svg#b' ) }",
        "<![CDATA[@import 'a.css';]]>",
        "@im<!-- -->port 'a.css';",
        "&#64;import 'a.css';",
        "rect { fill: url(#a), url(b) }",
    ],
)
def test_style_that_asks_for_something_else_is_refused(style):
    assert refusal(drawing(f"<style>{style}</style>")) == (
        "The style of the SVG asks for something outside itself. Take it out."
    )


DOCTYPES = [
    "<!DOCTYPE svg>",
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>',
]


@pytest.mark.parametrize("doctype", DOCTYPES)
def test_drawing_with_a_doctype_is_refused(doctype):
    assert refusal(doctype.encode() + drawing("<text>&a;&b;</text>")) == (
        "The SVG has a DOCTYPE, which can make a short file endless. Take it out."
    )


def test_drawing_with_a_stylesheet_of_another_file_is_refused():
    assert refusal(b'<?xml-stylesheet href="https://example.org/a.css"?>' + drawing()) == (
        "The SVG names a stylesheet of another file. Put the style inside."
    )


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><svg/></html>", "html"),
        (b"<!-- a --><p>x</p>", "p"),
        (b"<svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>", "svg:svg"),
    ],
)
def test_other_markup_is_refused(content, name):
    assert refusal(content) == f"The file is no SVG: it begins with <{name}>."


@pytest.mark.parametrize(
    "content",
    [
        b"<",
        b"<svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"><g></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"/><svg/>',
        drawing("&nbsp;"),
        drawing("<g a='1' a='2'/>"),
        drawing("\0"),
        b'<svg xmlns="http://www.w3.org/2000/svg" width="3" height="2">\xff</svg>',
        b'\n<?xml version="1.0"?>' + drawing(),
        b'<?xml version="1.0" encoding="nobody-knows"?>' + drawing(),
        b'<?xml version="1.0" encoding="utf-7"?>' + drawing("+ADw-script+AD4-"),
        b'<?xml version="1.0" encoding="gb2312"?>' + drawing(),
        b'<?xml version="1.0" encoding="base64"?>' + drawing(),
    ],
)
def test_drawing_that_cannot_be_read_is_refused(content):
    assert refusal(content).startswith("The SVG file is not well formed: ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_drawing_in_utf_16_is_refused(encoding):
    assert refusal(drawing().decode().encode(encoding)) == UNREADABLE


def test_script_in_utf_16_without_a_mark_is_refused():
    content = drawing("<script>alert(1)</script>").decode().encode("utf-16-le")
    assert (
        refusal(content)
        == "The SVG holds <script>, which is not taken. Export it as plain SVG, without scripts and effects."
    )


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height=" 200 px "', (300, 200)),
        ('width="300.4" height="199.6"', (300, 200)),
        ('viewBox="0 0 300 200"', (300, 200)),
        ('viewBox="-10, -10, 300, 200"', (300, 200)),
        ('width="100%" height="100%" viewBox="0 0 300 200"', (300, 200)),
        ('width="9" viewBox="0 0 300 200"', (300, 200)),
        ('width="30" height="20" viewBox="0 0 300 200"', (30, 20)),
        ('width="20000" height="1"', (20_000, 1)),
    ],
)
def test_size_of_a_drawing(attributes, size):
    encoded = encode(drawing(attributes=attributes))
    assert (encoded.width, encoded.height) == size


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'width="300"',
        'width="10cm" height="5cm"',
        'width="100%" height="100%"',
        'width="0" height="200"',
        'width="0.2" height="200"',
        'width="-3" height="200"',
        'width="20001" height="200"',
        'width="1e3" height="200"',
        'width="nan" height="inf"',
        f'width="{"9" * 400}" height="200"',
        'viewBox="0 0 300"',
        'viewBox="0 0 wide high"',
        'viewbox="0 0 300 200"',
    ],
)
def test_drawing_without_a_size_is_refused(attributes):
    assert refusal(drawing(attributes=attributes)) == (
        "The SVG does not say its size. Give it a width and a height in pixels."
    )


# --- Storing -----------------------------------------------------------------------------------


def filled(content, **fields):
    """Return a picture of this content, not saved."""
    picture = PictureFactory.build(**fields)
    fill(picture, encode(content))
    return picture


def test_picture_gets_its_size_and_files(storage):
    picture = filled(photo(1200, 600))
    assert (picture.width, picture.height) == (1200, 600)
    assert [file["width"] for file in picture.files] == [480, 960, 1200]
    assert stored(storage) == sorted(file["name"] for file in picture.files)


def test_file_is_named_by_its_content(storage):
    first, again, other = filled(drawing()), filled(drawing()), filled(drawing("<g/>"))
    assert first.files == again.files != other.files
    assert len(stored(storage)) == 2


def test_file_that_is_there_is_not_written_again(storage):
    (file,) = filled(drawing()).files
    before = (storage / file["name"]).stat().st_mtime_ns
    filled(drawing())
    assert (storage / file["name"]).stat().st_mtime_ns == before


def test_file_that_was_torn_is_written_again(storage):
    (file,) = filled(drawing()).files
    (storage / file["name"]).write_bytes(drawing()[:10])
    filled(drawing())
    assert (storage / file["name"]).read_bytes() == drawing()


def test_storing_leaves_nothing_else_behind(storage):
    (file,) = filled(drawing()).files
    assert [path.name for path in storage.iterdir()] == [file["name"]]


def test_drawing_without_its_namespace_is_refused():
    plain = b'<svg width="3" height="2"/>'
    assert refusal(plain) == "The SVG lacks its xmlns, without which browsers draw nothing."


def test_file_of_a_picture_that_is_replaced_stays(db, storage):
    picture = filled(drawing())
    picture.save()
    fill(picture, encode(photo()))
    picture.save()
    assert len(stored(storage)) == 2


def test_slug_of_two_pictures_is_refused(db):
    PictureFactory(slug="oven")
    with pytest.raises(IntegrityError), transaction.atomic():
        PictureFactory(slug="oven")


def test_pictures_stand_by_their_slugs(db):
    for slug in ("oven", "bread", "flour"):
        PictureFactory(slug=slug)
    assert [str(picture) for picture in Picture.objects.all()] == ["bread", "flour", "oven"]


# --- Sending -----------------------------------------------------------------------------------

POLICY = {"default-src 'none'", "style-src 'unsafe-inline'", "sandbox"}


def addresses(picture):
    return [reverse("picture", args=[file["name"]]) for file in picture.files]


def test_photo_is_sent_as_it_is_stored(visitor, storage):
    picture = filled(photo(600, 300))
    for address, file in zip(addresses(picture), picture.files, strict=True):
        response = visitor.get(address)
        assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
        assert response.content == (storage / file["name"]).read_bytes()


def test_drawing_is_sent_as_it_was_uploaded(visitor, storage):
    (address,) = addresses(filled(drawing(GOOD)))
    response = visitor.get(address)
    assert (response["Content-Type"], response.content) == ("image/svg+xml", drawing(GOOD))


@pytest.mark.parametrize("client", ["visitor", "learner_client", "editor_client"])
@pytest.mark.parametrize("content", [photo(), drawing()], ids=["photo", "drawing"])
def test_picture_is_kept_for_good_by_all_who_carry_it(request, db, storage, client, content):
    (address,) = addresses(filled(content))
    response = request.getfixturevalue(client).get(address)
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (dict(response.cookies), "Cookie" in response.get("Vary", "")) == ({}, False)


@pytest.mark.parametrize("content", [photo(), drawing()], ids=["photo", "drawing"])
def test_picture_may_neither_run_nor_fetch_anything(visitor, storage, content):
    (address,) = addresses(filled(content))
    response = visitor.get(address)
    directives = set(response["Content-Security-Policy"].split("; "))
    assert directives >= POLICY
    assert response["X-Content-Type-Options"] == "nosniff"


def test_picture_costs_no_query(visitor, db, storage, django_assert_num_queries):
    (address,) = addresses(filled(drawing()))
    with django_assert_num_queries(0):
        visitor.get(address)


def test_picture_is_not_for_posts(visitor, storage):
    (address,) = addresses(filled(drawing()))
    assert (visitor.head(address).status_code, visitor.post(address).status_code) == (200, 405)


def test_unknown_picture_is_not_found(visitor, db, storage):
    storage.mkdir()
    names = [f"{'0' * 20}.webp", f"{'0' * 20}.svg"]
    assert [visitor.get(reverse("picture", args=[name])).status_code for name in names] == [404, 404]


def test_picture_is_not_found_where_nothing_was_stored(visitor, db, storage):
    assert visitor.get(reverse("picture", args=[f"{'0' * 20}.webp"])).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "",
        "oven",
        "oven.webp",
        "{}.png",
        "{}.webp.svg",
        "{}.svg.",
        "{}.svg%0A",
        "{}.svg%00",
        "{}.SVG",
        "0{}.svg",
        "./{}.svg",
        "../pictures/{}.svg",
        "..%2Fpictures%2F{}.svg",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/{}.svg",
    ],
)
def test_picture_under_an_odd_name_is_not_found(visitor, db, storage, name):
    (file,) = filled(drawing()).files
    stem = file["name"].removesuffix(".svg")
    assert visitor.get(f"/pictures/{name.format(stem)}").status_code == 404


def test_other_files_of_the_storage_are_not_sent(visitor, db, storage):
    storage.mkdir()
    (storage / "secret.svg").write_bytes(drawing())
    (storage.parent / f"{'a' * 20}.svg").write_bytes(drawing())
    names = ("secret.svg", f"{'a' * 20}.svg", "")
    assert [visitor.get(f"/pictures/{name}").status_code for name in names] == [404] * 3


def test_tall_picture():
    with pytest.raises(PictureRefused):
        encode(saved(Image.new("RGB", (100, 20_000)), "PNG"))


def test_photo_that_is_turned_and_has_an_odd_note():
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "x"
    content = photo(exif=exif)
    at = content.index(b"\x01\x0e\x00\x02")
    odd = content[:at] + b"\x01\x1a" + content[at + 2 :]  # the description, called an X resolution
    assert opened(encode(odd).files[0].content).size == (40, 60)


def test_png_of_sixteen_bits_keeps_its_greys():
    shown = opened(encode(saved(Image.new("I;16", (60, 40), 20_000), "PNG")).files[0].content)
    assert abs(shown.convert("RGB").getpixel((3, 3))[0] - 78) < 5


def test_huge_picture_is_told_why():
    with pytest.raises(PictureRefused, match="more than 60 million pixels"):
        encode(saved(Image.new("1", (20_000, 10_000)), "PNG"))


@pytest.mark.parametrize(
    "style",
    [
        r"rect { fill: u\72l(https://example.org/x) }",  # escapes of CSS
        r"@\69mport 'https://example.org/x';",
        "@imp<title/>ort 'https://example.org/x';",  # the style is the text on both sides
        " " * 8191 + "@&#105;mport 'https://example.org/x';",  # across expat's buffer of 8192
        "rect { background: image-set('https://example.org/x' 1x) }",
    ],
)
def test_style_that_asks_for_something_else(style):
    with pytest.raises(PictureRefused):
        encode(drawing(f"<style>{style}</style>"))
