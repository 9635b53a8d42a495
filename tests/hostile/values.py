"""Texts, bodies and headers that no form expects."""
# ruff: noqa: E501 - tables

import io
from random import Random

from PIL import Image

TEXTS = [
    "", " ", "\t\n", "\x00", "a\x00b", "\x1b[0m", "\u200b", "\u202e", "\ufeff", "å" * 300, "🙂" * 400, "x" * 100_000, "ﷺ" * 900,
    "-1", "0", "1.5", "1,5", "1e999", "NaN", "inf", "½", "²", "٣", "१२", "9" * 19, "9" * 5000, "2147483648",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "0x10", "1_000", "+1", "00000001",
    "2026-13-45", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "2026-02-30", "-2026-01-01", "2026-11-28T25:61",
    "24:61", "99:99:99", "3 oktober", "2026-W99", "00:00",
    "00000000-0000-4000-8000-00000000000g", "not-a-uuid", "0" * 36, "{" * 36, "urn:uuid:", "g" * 32,
    "a/b", "../../etc/passwd", "//example.org", "http://[", "javascript:alert(1)", "%", "%00", "%s%n", "\\", "'", '"', "';--",
    "<script>alert(1)</script>", "{{ 7|add:7 }}", "{% debug %}", "${7*7}", "[]", "{}", "null", "true", "on", "None",
    "a@b", "a@" + "ö" * 70 + ".se", "@", "a" * 65 + "@example.se", "å@example.se", "\r\nSet-Cookie: a=b", "__all__", "pk__in",
]  # fmt: skip
NAMES = [
    "q",
    "sida",
    "page",
    "lage",
    "fraga",
    "samverkan",
    "omgang",
    "next",
    "o",
    "p",
    "format",
    "kod",
    "a[]",
    "",
    "\x00",
]
CONTENT_TYPES = [
    "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=nej",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=",
    "application/json", "text/plain; charset=latin-1", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=å", "multipart/mixed; boundary=x", "", "\xff", "a/b/c",
]  # fmt: skip
BODIES = [
    b"", b"=", b"&&&&", b"a", b"%", b"%zz=%zz", b"a=%ff%fe", b"a=%ED%A0%80", b"a=%00", b"\xff\xfe\x00", b"a=b&" * 1200,
    b'{"a": [[[[[[', b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n",
    b"--x\r\nContent-Disposition: form-data; name=a; filename=\"../../x\"\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename*=utf-7''x\r\n\r\nx\r\n--x--\r\n",
    b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/plain; charset=nej\r\n\r\n\xff\r\n--x--\r\n",
]  # fmt: skip
HEADERS = [
    {"Cookie": '__Host-sessionid="' + r"\000" * 12 + '"'}, {"Cookie": 'sessionid="' + r"\000" * 12 + '"'},
    {"Cookie": "=;;==; a; csrftoken=\xff"}, {"Cookie": "kvitto=" + ":" * 50}, {"Cookie": "kand=bnVsbA:a:b; kvitto=W10:a:b"},
    {"Cookie": "messages=" + "x" * 3000}, {"Cookie": "csrftoken=" + "x" * 500}, {"Origin": "http://["}, {"Origin": "null"},
    {"Referer": "http://[::"}, {"Host": "example.org"}, {"Host": "localhost:99999"}, {"Host": "[::"}, {"Host": "a\x00b"},
    {"Accept-Language": "xx-" * 400}, {"Accept-Language": "so;q=nej"}, {"Accept": "\xff"}, {"HX-Request": "true", "HX-Target": "../x"},
    {"HX-Request": "true", "HX-Current-URL": "http://[", "HX-Target": "%00"}, {"X-Forwarded-For": "x, ,1.2.3.4.5"},
    {"X-Forwarded-Host": "example.org"}, {"If-Modified-Since": "igår"}, {"If-None-Match": "W/\""}, {"Range": "bytes=-0"},
    {"Content-Length": "nej"}, {"Sec-Fetch-Site": "\xff"}, {"Accept-Encoding": "gzip;q=nej"}, {"X-HTTP-Method-Override": "DELETE"},
]  # fmt: skip
METHODS = ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW", "post"]


def file(random: Random) -> io.BytesIO:
    """Return a file that is no picture and no workbook, or hardly one."""
    picture = io.BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    whole = picture.getvalue()
    data = random.choice([b"", b"PK\x03\x04" + random.randbytes(40), random.randbytes(200), whole, whole[:40], b"\x00"])
    made = io.BytesIO(data)
    made.name = random.choice(["a.xlsx", "a.png", "../../a", "a\x00.png", "x" * 300 + ".xlsx", "å🙂.jpg", "."])
    return made
