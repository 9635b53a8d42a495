"""Word lists of the redaction: common first names, known places and organisations, cues, and words of danger."""

import unicodedata

_ALEF = str.maketrans("أإآٱى", "ااااي")


def folded(word: str) -> str:
    """Return the word in the form of these lists: lower case, one form of each Arabic letter."""
    return unicodedata.normalize("NFC", word).casefold().translate(_ALEF)


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in text.split())


def _beginnings(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


# Very common first names that are not also everyday words (Bo, Hans, Stig, Per, My; Somali ayaan, nuur, hibo) in
# the languages we read. A rarer name is caught by its capital letters, its cue ("heter") or the person who confirms.
FIRST_NAMES = _words("""
    anna eva maria karin kristina lena sara emma kerstin ingrid malin marie jenny hanna annika susanne monica
    elin monika inger johanna linda birgitta sofia carina ulla ida julia maja elsa agneta anita gunilla emelie
    lars mikael anders johan erik nils jan karl fredrik daniel peter thomas oscar andreas stefan mats magnus
    alexander martin jonas ulf jonathan mattias marcus niklas christer leif kjell patrik göran lennart gunnar
    robert johannes emil viktor simon anton gustav sven roger elias kurt åke
    berit britt barbro birgit camilla caroline cecilia charlotte ebba ellen frida helena ingegerd ingela irene josefin
    katarina lisa louise margareta marianne matilda mona märta olivia siv solveig stina therese ulrika viktoria yvonne
    arne bengt bertil börje claes filip folke gabriel gösta henrik håkan isak jakob joakim johnny jörgen kenneth ludvig
    lukas oskar pontus ragnar rikard rolf rune samuel sebastian sture sune tobias tommy torbjörn william åsa
    amina fatima fatma aisha khadija maryam mariam zeinab zainab layla leila yasmin samira hala rania huda
    hawa halima hodan ifrah sahra ubah fartun fadumo faduma faadumo caasho asha ruqiya sagal khadra halimo maryan
    ahmed ahmad mohamed mohammed muhammed muhammad mohammad mahmoud mahmud mohamud hassan hussein husein omar umar
    osman abdi abdullahi abdirahman abdulkadir abdullah ibrahim ismail yusuf yousef youssef mustafa khaled khalid
    bashir bilal hamza samir jamal tariq ali abdiaziz abdifatah guled warsame jama farhan liban
    axmed maxamed maxamuud xasan xuseen cumar cusmaan cabdi cabdullaahi cabdiraxmaan cali yuusuf ibraahim jaamac
    أحمد محمد محمود حسن حسين عمر عثمان عبدالله عبدالرحمن إبراهيم إسماعيل يوسف مصطفى خالد طارق سمير حمزة بلال
    فاطمة عائشة خديجة مريم زينب ليلى ياسمين سميرة رانيا هدى آمنة أمينة حليمة سارة نادية
""")

# Capitalised words that identify nobody.
KNOWN = _words("""
    östberga östbergahöjden östbergabackarna östbergaskolan östbergabor årsta enskede vantör söderort stockholm
    stockholms stad gullmarsplan globen älvsjö liljeholmen huddinge farsta skärholmen söder södermalm slakthusområdet
    årstafältet årstaskolan sverige svenska svensk svenskar bostäder stockholmshem sisab sl region regionen kommunen
    polisen polismyndigheten lokalpolisområdet trafikkontoret stadsbyggnadskontoret exploateringskontoret
    idrottsförvaltningen kulturförvaltningen utbildningsförvaltningen stadsdelsförvaltning stadsdelsförvaltningen
    stadsdelsnämnd stadsdelsnämnden trafiknämnden kulturnämnden stadshuset samverkan skatteverket migrationsverket
    arbetsförmedlingen försäkringskassan socialtjänsten hyresgästföreningen folkets hus röda korset rädda barnen
    odlarlag odlarlaget föreningen öppna dörren ica coop lidl willys hemköp konsum systembolaget apoteket posten
    facebook instagram youtube google somalia somali soomaali iswiidhish iswiidhishka syrien syria irak iraq eritrea
    europa eu swedish sweden english arabic norrland göteborg malmö uppsala januari februari mars april maj juni juli
    augusti september oktober november december monday tuesday wednesday thursday friday saturday sunday january
    february march may june july august october ramadan eid jul påsk midsommar torg torget centrum kulturhus kulturhuset
""")

# Words that start a sentence or follow «heter» without being a name.
EVERYDAY = _words("""
    jag du han hon den det vi ni de dem man en ett min mitt mina din vår vårt våra hans hennes deras er era alla ingen
    inget inga någon något några som vad var vem när hur varför om men och eller så på i till från med för utan mellan
    efter innan sedan under över vid av att är inte nu då där här också bara ju väl mer sätt gör låt ge kan ska vill
    får har kom se ta gå stäng klipp sänk skriv håll barnen folk samma annat annorlunda likadant egentligen numera
    i'm i've the a an my our your his her their its it they we you he she there here this that these those when where
    what who why how if but and or so in on at to from with for after before please nobody everybody everyone
    more fewer not waxaan waxay waa iyo markii marar laakiin halkan fiidkii carruurta derisku deriskayga dadka
""")

# Particles inside a name: «Testnamn af Testsson», «Testnamn al Test».
PARTICLES = _words("af von de van der el al ibn bin abu")

# Cues followed by a name, whatever its case; FILLERS may come between.
CUES = frozenset(
    {
        *("heter", "hette", "vid namn", "kallas", "kallad", "named", "name is", "name's", "is called"),
        *("magaciisu", "magaciisa", "magaceedu", "magaceeda", "magacaygu", "magacayga", "magacu"),
        *("la yiraahdo", "la yidhaahdo"),
    }
)
ARABIC_CUES = _words("اسمي اسمه اسمها يدعى تدعى يسمى تسمى السيد السيدة")
FILLERS = _words("waa för هو هي")

# Words for people, followed by a name if the next word is capitalised.
PEOPLE = _words("""
    granne grannen grannens grannar kompis kompisen vän väninna frun fru herr mannen sonen dottern son dotter bror
    syster brodern systern mamma pappa mormor farmor morfar farfar kusin chef chefen rektor rektorn lärare läraren
    doktor läkaren vaktmästaren vaktmästare handläggare handläggaren kvartersvärden ägaren neighbour neighbor friend
    mr mrs ms miss teacher son daughter brother sister uncle aunt deriskayga jaarkayga saaxiibkay
""")

# Word beginnings; a space at the end means the whole word. They only make a person look at the text.
THREATS = _beginnings(
    "hotar|hotad|hotat|hotet mot|dödshot|döda|mörda|ska dö|skjutning|skjuta mig|skjuter mot|sköt mot|"
    "misshandl|våldta|utpress|slår mig|slår henne|slog mig|threaten|kill |murder|beat me|beats me|rape|"
    "blackmail|hanjab|dil |i dilaya|i garaac|kufs|تهديد|يهدد|هددني|قتل|سأقتل|يضربني|ضربني|اغتصاب"
)
WEAPONS = _beginnings(
    "vapen|pistol|knivhot|kniv|gevär|handgranat|sprängmedel|sprängladdning|bomb|gun |guns |knife|weapon|"
    "explosive|qori |mindi |bastoolad|hub |سلاح|مسدس|سكين|قنبلة"
)
SELF_HARM = _beginnings(
    "självmord|ta livet av|ta mitt liv|vill inte leva|orkar inte leva|vill dö|skada mig själv|skär mig|"
    "suicid|kill myself|want to die|hurt myself|end my life|is dil|inaan dhinto|انتحار|أقتل نفسي|أن أموت|"
    "إيذاء نفسي"
)
CHILD_AT_RISK = _beginnings(
    "slår barn|slår sitt barn|slår sina barn|slår sin son|slår sin dotter|barnmisshandel|barnäktenskap|"
    "vanvård|blir slagen hemma|slår mig hemma|övergrepp|könsstymp|tvångsgift|bortgift|orosanmäl|"
    "säljer droger till barn|rekryterar barn|rekryterar ungar|child abuse|hits the child|beats the child|"
    "beats his child|hits his child|forced marriage|carruurta garaac|ilmaha garaac|gudniin|يضرب طفل|"
    "يضرب الأطفال|إساءة للأطفال|زواج قسري|ختان"
)
