"""The addresses that no collaboration can have, since other pages begin with them. Pure."""

# First path segments used by other pages.
RESERVED_SLUGS = frozenset(
    [
        "admin",
        "api",
        "atagande",
        "ar",
        "avstamning",
        "battre",
        "brev",
        "en",
        "folj",
        "grunda",
        "halsa",
        "konto",
        "kvitto",
        "mandat",
        "mitt",
        "motessvar",
        "om",
        "personuppgifter",
        "puls",
        "registrator",
        "samordna",
        "so",
        "static",
        "sv",
        "svara",
        "tillganglighet",
        "utse",
        "valkommen",
    ]
)
