"""Replies to an invitation as calendar programs send them: what differs is folding, encoding, casing and order."""

import base64
import quopri


def outlook(uid, attendee, partstat="ACCEPTED", *, sequence=0, stamp="20200101T000000Z", comment=""):
    """Exchange: quoted-printable, capitals in MAILTO, the attendee first and its lines folded within words."""
    lines = [
        "BEGIN:VCALENDAR", "METHOD:REPLY", "PRODID:Microsoft Exchange Server 2010", "VERSION:2.0", "BEGIN:VEVENT",
        f"ATTENDEE;PARTSTAT={partstat};CN=Någon Åkesson Öhrn Ängström av Östberga:MAILTO:{attendee.upper()}",
        *([f"COMMENT;LANGUAGE=sv-SE:{comment}"] if comment else []),
        f"UID:{uid}", "SUMMARY;LANGUAGE=sv-SE:Accepterat: Möte", "DTSTART:20300101T170000Z", f"DTSTAMP:{stamp}",
        f"SEQUENCE:{sequence}", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    body = quopri.encodestring(folded(lines).encode())
    return multipart(part('text/calendar; charset="utf-8"; method=REPLY', "quoted-printable", body))


def google(uid, attendee, partstat="ACCEPTED", *, sequence=0, stamp="20200101T000000Z"):
    """Google: in the text and as an attachment of another type, both in base64."""
    lines = [
        "BEGIN:VCALENDAR", "PRODID:-//Google Inc//Google Calendar 70.9054//EN", "VERSION:2.0", "CALSCALE:GREGORIAN",
        "METHOD:REPLY", "BEGIN:VEVENT", "DTSTART:20300101T170000Z", f"DTSTAMP:{stamp}",
        "ORGANIZER;CN=Medskapande dialog:mailto:svar@ostberga.example", f"UID:{uid}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={partstat};CN={attendee};X-NUM-GUESTS=0:mailto:{attendee}",
        f"SEQUENCE:{sequence}", "STATUS:CONFIRMED", "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    body = base64.encodebytes(folded(lines).encode())
    return multipart(
        part('text/calendar; charset="UTF-8"; method=REPLY', "base64", body),
        part('application/ics; name="invite.ics"', "base64", body),
    )


def apple(uid, attendee, partstat="ACCEPTED", *, sequence=0, stamp="20200101T000000Z"):
    """ICloud: a path instead of the address, which is a parameter; no multipart, no encoding."""
    lines = [
        "BEGIN:VCALENDAR", "CALSCALE:GREGORIAN", "VERSION:2.0", "METHOD:REPLY",
        "PRODID:-//Apple Inc.//macOS 14.5//EN", "BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{stamp}",
        f"ATTENDEE;CN=Samira;PARTSTAT={partstat};EMAIL={attendee}:/aMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0/principal/",
        f"SEQUENCE:{sequence}", "DTSTART:20300101T170000Z", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return part("text/calendar; charset=utf-8; method=REPLY", "8bit", folded(lines).encode(), lead=HEAD)


PROGRAMS = (outlook, google, apple)
HEAD = b"From: nagon@example.se\r\nTo: svar@ostberga.example\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n"


def folded(lines):
    """Return the lines with those over 75 octets folded, as RFC 5545 says: also in the middle of a word."""
    return "\r\n".join("\r\n ".join(line[at : at + 60] for at in range(0, len(line), 60)) for line in lines)


def part(content_type, encoding, body, *, lead=b""):
    """Return a MIME part as bytes, or with `lead` the whole message."""
    return lead + f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def multipart(*parts):
    """Return a message with these parts after a text to read."""
    text = b"Content-Type: text/plain; charset=utf-8\r\n\r\nSamira har svarat.\r\n"
    inner = b"".join(b"--grans\r\n" + each + b"\r\n" for each in (text, *parts))
    return HEAD + b'Content-Type: multipart/mixed; boundary="grans"\r\n\r\n' + inner + b"--grans--\r\n"
