"""A picture somebody took becomes one that can be shown: small, upright, and without place, camera and time."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 8_000_000
MAX_PIXELS = 50_000_000
# A JPEG is made smaller while it is read; the others must be unpacked in whole, at four bytes a point.
MAX_PIXELS_DECODED = 16_000_000
LONGEST_SIDE = 1600
TARGET_BYTES = 300_000
QUALITIES = (85, 78, 70, 60, 50, 40)
FORMATS = ["JPEG", "PNG", "WEBP"]
# What phones call the format that browsers cannot show, as it stands in the first bytes of the file.
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


class UnusablePicture(ValueError):
    """Why a picture can not be used, in plain Swedish."""


def clean_picture(sent: bytes) -> bytes:
    """The picture as a JPEG with nothing but its points in it. Raises UnusablePicture."""
    if len(sent) > MAX_BYTES:
        raise UnusablePicture("Bilden är för stor. Den får vara högst 8 MB.")
    if sent[4:8] == b"ftyp" and sent[8:12] in _HEIC:
        raise UnusablePicture(
            "Bilden är i formatet HEIC, som en del mobiler sparar i. Spara eller dela den som JPEG och försök igen."
        )
    return _encode(_decode(sent))


def _decode(sent: bytes) -> Image.Image:
    """Nothing but the points, upright, on white where it was see-through. The first picture of one that moves."""
    try:
        with Image.open(BytesIO(sent), formats=FORMATS) as found:
            # Known before anything is unpacked: a small file can hold a picture that no memory can.
            if found.width * found.height > (MAX_PIXELS if found.format == "JPEG" else MAX_PIXELS_DECODED):
                raise UnusablePicture("Bilden har för många bildpunkter. Gör den mindre och försök igen.")
            found.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            turned = ImageOps.exif_transpose(found)
            # By way of RGB: what is made for print has no way to see-through.
            upright = (turned if turned.has_transparency_data else turned.convert("RGB")).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnusablePicture("Bilden har för många bildpunkter. Gör den mindre och försök igen.") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError) as problem:
        if isinstance(problem, UnusablePicture):
            raise
        raise UnusablePicture("Filen går inte att läsa som en bild. Välj en JPEG, PNG eller WebP.") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new picture: Pillow would carry comments and colour profiles over to a copy.
    bare = Image.new("RGB", upright.size, "white")
    bare.paste(upright, mask=upright.getchannel("A"))
    return bare


def _encode(picture: Image.Image) -> bytes:
    """As good as it can be within some 300 kB; a phone on the bus pays for each of them."""
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= TARGET_BYTES:
                return out.getvalue()
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))
