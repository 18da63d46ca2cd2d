//! The words by which neighbours are known, and where they are looked for. Words are folded, as `fold_text` leaves them.

/// The lines, empty ones left out, in which its own symbol or title is.
pub(super) const TITLE: usize = 30;
/// The longest line with a symbol of its own, in bytes.
pub(super) const LONGEST: usize = 200;

/// The organs by the first part of their symbols, longer ones first.
pub(super) const ORGANS: [(&str, &str); 23] = [
    ("A/HRC/", "the Human Rights Council"),
    ("A/C.1/", "the First Committee of the General Assembly"),
    ("A/C.2/", "the Second Committee of the General Assembly"),
    ("A/C.3/", "the Third Committee of the General Assembly"),
    ("A/C.4/", "the Fourth Committee of the General Assembly"),
    ("A/C.5/", "the Fifth Committee of the General Assembly"),
    ("A/C.6/", "the Sixth Committee of the General Assembly"),
    ("A/", "the General Assembly"),
    ("E/", "the Economic and Social Council"),
    ("T/", "the Trusteeship Council"),
    ("ST/", "the Secretariat"),
    ("CD/", "the Conference on Disarmament"),
    ("DC/", "the Disarmament Commission"),
    ("TD/", "the Conference on Trade and Development"),
    ("DP/", "the United Nations Development Programme"),
    ("UNEP/", "the United Nations Environment Programme"),
    ("CCPR/", "the Human Rights Committee"),
    ("CEDAW/", "the Committee on the Elimination of Discrimination against Women"),
    ("CERD/", "the Committee on the Elimination of Racial Discrimination"),
    ("CAT/", "the Committee against Torture"),
    ("CRC/", "the Committee on the Rights of the Child"),
    ("HRI/", "the human rights treaty bodies"),
    ("PSC/", "the Peace and Security Council of the African Union"),
];
/// The first parts of the symbols of press releases.
pub(super) const RELEASES: [&str; 6] = ["SC/", "GA/", "SG/", "ECOSOC/", "PI/", "DSG/"];

/// The names of other organs as titles, folded.
pub(super) const TITLES: [(&str, &[&str]); 3] = [
    (
        "the General Assembly",
        &[
            "general assembly",
            "assemblee generale",
            "asamblea general",
            "генеральная ассамблея",
            "大会",
            "الجمعية العامة",
        ],
    ),
    (
        "the Economic and Social Council",
        &[
            "economic and social council",
            "conseil economique et social",
            "consejo economico y social",
            "экономическии и социальныи совет",
            "经济及社会理事会",
            "المجلس الاقتصادي والاجتماعي",
        ],
    ),
    (
        "the Human Rights Council",
        &[
            "human rights council",
            "conseil des droits de l'homme",
            "consejo de derechos humanos",
            "совет по правам человека",
            "人权理事会",
            "مجلس حقوق الانسان",
        ],
    ),
];
/// The name of the Council, folded.
pub(super) const COUNCIL: [&str; 7] = [
    "security council",
    "conseil de securite",
    "consejo de seguridad",
    "совет безопасности",
    "совета безопасности",
    "安全理事会",
    "مجلس الامن",
];
/// Words that are on a line of the title beside a symbol, folded.
pub(super) const MASTHEAD: [&str; 45] = [
    "united",
    "nations",
    "unies",
    "naciones",
    "unidas",
    "организация",
    "объединенных",
    "нации",
    "联合国",
    "الامم",
    "المتحدة",
    "security",
    "council",
    "conseil",
    "de",
    "securite",
    "consejo",
    "seguridad",
    "совет",
    "безопасности",
    "安全理事会",
    "مجلس",
    "الامن",
    "general",
    "assembly",
    "assemblee",
    "generale",
    "asamblea",
    "генеральная",
    "ассамблея",
    "大会",
    "distr",
    "distr.",
    "distribution",
    "general.",
    "limited",
    "provisional",
    "provisoire",
    "english",
    "french",
    "spanish",
    "russian",
    "arabic",
    "chinese",
    "original",
];
/// Words after which a symbol is cited, though a line may start with it, folded.
pub(super) const CITING: [&str; 24] = [
    "document",
    "documents",
    "in",
    "resolution",
    "resolutions",
    "and",
    "letter",
    "report",
    "see",
    "of",
    "the",
    "or",
    "to",
    "by",
    "documento",
    "documentos",
    "resolucion",
    "dans",
    "et",
    "y",
    "en",
    "документ",
    "документе",
    "文件",
];
/// What is printed where a meeting starts, folded: the document is a record, if a damaged one.
pub(super) const OPENED: [&str; 12] = [
    "called to order",
    "meeting was resumed",
    "seance est ouverte",
    "seance est reprise",
    "abre la sesion",
    "reanuda la sesion",
    "заседание открывается",
    "заседание возобновляется",
    "开会",
    "复会",
    "افتتحت الجلسة",
    "استونفت الجلسة",
];

/// What a letter, report or draft is by a word of its title, folded.
pub(super) const KINDS: [(&str, &[&str]); 4] = [
    (
        "a draft resolution",
        &[
            "draft resolution",
            "projet de resolution",
            "proyecto de resolucion",
            "проект резолюции",
            "决议草案",
            "مشروع قرار",
        ],
    ),
    (
        "a report",
        &[
            "report of the secretary-general",
            "rapport du secretaire general",
            "informe del secretario general",
            "доклад генерального секретаря",
            "秘书长的报告",
            "تقرير الامين العام",
        ],
    ),
    (
        "a letter",
        &[
            "letter dated",
            "identical letters",
            "lettre datee",
            "lettres identiques",
            "carta de fecha",
            "cartas identicas",
            "письмо",
            "的信",
            "رسالة",
        ],
    ),
    (
        "a note",
        &[
            "note by the president",
            "note by the secretary-general",
            "note du president",
            "nota del presidente",
        ],
    ),
];

/// Words that only the front of a document has, folded.
pub(super) const COVER: [&str; 18] = [
    "official records",
    "documents officiels",
    "documentos oficiales",
    "официальные отчеты",
    "正式记录",
    "الوثايق الرسمية",
    "plenary meeting",
    "seance pleniere",
    "sesion plenaria",
    "пленарное заседание",
    "全体会议",
    "distr.",
    "session",
    "periodo de sesiones",
    "сессия",
    "届会议",
    "الدورة",
    "commission",
];
