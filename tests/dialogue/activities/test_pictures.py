"""Pictures as today's phones save them are taken, or refused in words, whatever else the process has imported."""

from io import BytesIO

import pytest
from PIL import Image, ImageFile

from dialogue.activities.pictures import UnusablePicture, clean_picture

RED, BLUE = (254, 0, 0), (0, 0, 254)


def saved(image, kind, **options):
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def cleaned(data):
    return Image.open(BytesIO(clean_picture(data)))


@pytest.fixture
def weasyprint_is_imported(monkeypatch):
    """It tells Pillow to take what ends in the middle."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)


def test_a_jpeg_with_a_second_picture_in_it_is_taken():
    """As phones save it, with a gain map. Pillow calls it MPO."""
    data = saved(
        Image.new("RGB", (4000, 3000), RED), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300))]
    )
    picture = cleaned(data)

    assert Image.open(BytesIO(data)).format == "MPO"
    assert (picture.format, picture.size) == ("JPEG", (1600, 1200))
    assert picture.getpixel((800, 600))[0] > 240


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.usefixtures("weasyprint_is_imported")
def test_a_picture_that_ends_in_the_middle_is_refused_in_words(kind):
    noise = Image.effect_noise((400, 400), 100).convert("RGB")
    data = saved(noise, kind)
    with pytest.raises(UnusablePicture, match="går inte att läsa som en bild"):
        clean_picture(data[: len(data) // 2])

    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


@pytest.mark.parametrize(("value", "grey"), [(0, 0), (30_000, 117), (65_535, 255)])
def test_sixteen_bits_of_grey_stay_as_grey(value, grey):
    picture = cleaned(saved(Image.new("I;16", (50, 50), value), "PNG"))

    assert all(abs(channel - grey) <= 1 for channel in picture.getpixel((25, 25)))


def test_a_picture_that_was_taken_sideways_stands_upright_without_its_metadata():
    lying = Image.new("RGB", (400, 200), RED)
    lying.paste(BLUE, (0, 0, 200, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = cleaned(saved(lying, "JPEG", exif=exif))

    assert (picture.size, dict(picture.getexif())) == ((200, 400), {})
    assert (picture.getpixel((100, 50))[2] > 200, picture.getpixel((100, 350))[0] > 200) == (True, True)
