"""Cleaning of uploaded pictures: re-encoded as a small upright JPEG without metadata (place, camera, time).

Runs in a child process (`read_isolated`), since a small file can fill the memory: import nothing heavy here.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MAX_BYTES = 8_000_000
MAX_PIXELS = 50_000_000
# A JPEG is scaled down while it is read; other formats must be decoded in full, at four bytes a pixel.
MAX_PIXELS_DECODED = 16_000_000
LONGEST_SIDE = 1600
TARGET_BYTES = 300_000
QUALITIES = (85, 78, 70, 60, 50, 40)
FORMATS = ["JPEG", "PNG", "WEBP"]
SCALED_WHILE_READ = {"JPEG", "MPO"}  # MPO: what Pillow calls a JPEG with a second picture in it, as phones save
# Brand codes of HEIC in the file's first bytes: phones make it, and browsers cannot show it.
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


class UnusablePicture(ValueError):
    """A picture that cannot be used. The message says why, in Swedish, for the person who sent it."""


def clean_picture(data: bytes) -> bytes:
    """The picture as a JPEG with nothing but its pixels. Raises UnusablePicture."""
    if len(data) > MAX_BYTES:
        raise UnusablePicture("Bilden är för stor. Den får vara högst 8 MB.")
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        raise UnusablePicture(
            "Bilden är i formatet HEIC, som en del mobiler sparar i. Spara eller dela den som JPEG och försök igen."
        )
    return _encode(_decode(data))


def _decode(data: bytes) -> Image.Image:
    """The pixels, upright, on white where it was transparent. Of an animation the first frame."""
    try:
        with _refuse_truncated(), Image.open(BytesIO(data), formats=FORMATS) as image:
            # Checked before decoding: a small file can hold a picture larger than the memory.
            if image.width * image.height > (MAX_PIXELS if image.format in SCALED_WHILE_READ else MAX_PIXELS_DECODED):
                raise UnusablePicture("Bilden har för många bildpunkter. Gör den mindre och försök igen.")
            image.draft("RGB", (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))
            rotated = ImageOps.exif_transpose(_in_eight_bits(image))
            # By way of RGB: CMYK has no conversion to RGBA.
            upright = (rotated if rotated.has_transparency_data else rotated.convert("RGB")).convert("RGBA")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise UnusablePicture("Bilden har för många bildpunkter. Gör den mindre och försök igen.") from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError) as problem:
        if isinstance(problem, UnusablePicture):
            raise
        raise UnusablePicture("Filen går inte att läsa som en bild. Välj en JPEG, PNG eller WebP.") from None
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A new image: Pillow would carry comments and colour profiles over to a copy.
    picture = Image.new("RGB", upright.size, "white")
    picture.paste(upright, mask=upright.getchannel("A"))
    return picture


@contextmanager
def _refuse_truncated() -> Iterator[None]:
    """Let a picture that ends in the middle be an error. WeasyPrint has Pillow take them, once it is imported."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """The picture with eight bits a pixel: Pillow would make all but the darkest of sixteen bits white."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")


def _encode(picture: Image.Image) -> bytes:
    """A JPEG of at most TARGET_BYTES, at the best quality that fits."""
    while True:
        for quality in QUALITIES:
            out = BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= TARGET_BYTES:
                return out.getvalue()
        picture = picture.resize((max(1, picture.width * 3 // 4), max(1, picture.height * 3 // 4)))
