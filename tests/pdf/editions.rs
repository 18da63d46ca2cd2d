//! Editions in other languages: one invented meeting in French, Spanish, Russian and Chinese, with the
//! fonts such files have. All sentences are invented.

use spv::import::pdf::{self, Hints};
use spv::record::{As, Item, Language, Outcome, Record, Status};

use super::make::{self, Letters, Sheet};

/// Gives a file of [`make::pages`] fonts that say of their letters by WinAnsiEncoding.
pub fn win_ansi(file: &mut make::File) {
    for (at, name) in (2..5).zip(["Times-Roman", "Times-Bold", "Times-Italic"]) {
        file.objects[at] =
            format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
                .into_bytes();
    }
}

/// Gives a file of [`make::pages`] composite fonts whose codes are two bytes and mean what a table of the
/// file says; every letter is `width` thousandths wide.
fn wide(file: &mut make::File, width: u32) {
    let table = "/CIDInit /ProcSet findresource begin begincmap\n\
        1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
        1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end";
    let table = file.stream("", table.as_bytes());
    for (at, name) in (2..5).zip(["Made", "Made-Bold", "Made-Italic"]) {
        let descriptor = file.add(format!("<</Type/FontDescriptor/FontName/{name}/Flags 4>>"));
        let inner = file.add(format!(
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/DW {width}/CIDToGIDMap/Identity\
             /CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor {descriptor} 0 R>>"
        ));
        file.objects[at] = format!(
            "<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H\
             /DescendantFonts[{inner} 0 R]/ToUnicode {table} 0 R>>"
        )
        .into_bytes();
    }
}

/// The words of one edition.
struct Words {
    language: Language,
    letters: Letters,
    /// How wide each letter is, where the font says so.
    width: u32,
    /// Name of the organization and of the organ, the mark of a provisional record, number and day.
    head: [&'static str; 5],
    president: &'static str,
    members: &'static str,
    table: [(&'static str, &'static str); 14],
    agenda: &'static str,
    item: &'static str,
    /// Paragraphs, each a list of lines.
    body: &'static [&'static [&'static str]],
}

const FRENCH: Words = Words {
    language: Language::French,
    letters: Letters::WinAnsi,
    width: 0,
    head: [
        "Nations Unies",
        "Conseil de sécurité",
        "Provisoire",
        "*99998*e séance",
        "Vendredi 31 mai 2024, à 10 heures",
    ],
    president: "Président :",
    members: "Membres :",
    table: [
        ("Algérie", "M. Premier"),
        ("Chine", "M. Deuxième"),
        ("Équateur", "Mme Troisième"),
        ("États-Unis d’Amérique", "M. Quatrième"),
        ("Fédération de Russie", "M. Cinquième"),
        ("France", "Mme Sixième"),
        ("Guyana", "M. Septième"),
        ("Japon", "Mme Huitième"),
        ("Malte", "Mme Neuvième"),
        ("Pérou", "Mme Vey"),
        ("République de Corée", "M. Dixième"),
        ("Royaume-Uni de Grande-Bretagne et d’Irlande du Nord", "Mme Onzième"),
        ("Sierra Leone", "M. Douzième"),
        ("Slovénie", "M. Treizième"),
    ],
    agenda: "*Ordre du jour*",
    item: "La question inventée",
    body: &[
        &["_La séance est ouverte à 10 h 5._"],
        &["*Adoption de l’ordre du jour*"],
        &["_L’ordre du jour est adopté._"],
        &["*La question inventée*"],
        &[
            "*Le Président* (_parle en russe_) : J’ouvre cette séance de",
            "personne, peut-",
            "être sur rien. Je mets aux voix le projet de résolution S/2024/413.",
        ],
        &["_Il est procédé au vote à main levée._"],
        &["_Votent pour :_"],
        &[
            "Algérie, Chine, Équateur, Fédération de Russie, France, Guyana, Japon,",
            "Kazakhstan, Malte, République de Corée, Royaume-Uni de Grande-Bretagne",
            "et d’Irlande du Nord, Sierra Leone, Slovénie",
        ],
        &["_Votent contre :_"],
        &["États-Unis d’Amérique"],
        &["_S’abstiennent :_"],
        &["Pérou"],
        &[
            "*Le Président* (_parle en russe_) : Le résultat du vote est le suivant : 13 voix",
            "pour, une voix contre et une abstention. Le projet de résolution n’est pas adopté,",
            "en raison du vote négatif d’un membre permanent du Conseil.",
        ],
        &["*Mme Vey* (Pérou) (_parle en espagnol_) : Je n’ai rien à en dire."],
        &["*M. Premier* (Algérie) : Moi non plus."],
        &[
            "*Mme Nemo* (_parle en anglais_) : Et moi, au nom de la Commission, je dis la même",
            "chose.",
        ],
        &["_La séance est levée à 10 h 15._"],
    ],
};

const SPANISH: Words = Words {
    language: Language::Spanish,
    letters: Letters::WinAnsi,
    width: 0,
    head: [
        "Naciones Unidas",
        "Consejo de Seguridad",
        "Provisional",
        "*99998*ª sesión",
        "Viernes 31 de mayo de 2024, a las 10.00 horas",
    ],
    president: "Presidente:",
    members: "Miembros:",
    table: [
        ("Argelia", "Sr. Primero"),
        ("China", "Sr. Segundo"),
        ("Ecuador", "Sra. Tercera"),
        ("Eslovenia", "Sr. Cuarto"),
        ("Estados Unidos de América", "Sr. Quinto"),
        ("Federación de Rusia", "Sr. Sexto"),
        ("Francia", "Sra. Séptima"),
        ("Guyana", "Sr. Octavo"),
        ("Japón", "Sra. Novena"),
        ("Malta", "Sra. Décima"),
        ("Perú", "Sra. Vey"),
        ("Reino Unido de Gran Bretaña e Irlanda del Norte", "Sra. Once"),
        ("República de Corea", "Sr. Doce"),
        ("Sierra Leona", "Sr. Trece"),
    ],
    agenda: "*Orden del día*",
    item: "La cuestión inventada",
    body: &[
        &["_Se abre la sesión a las 10.05 horas._"],
        &["*Aprobación del orden del día*"],
        &["_Queda aprobado el orden del día._"],
        &["*La cuestión inventada*"],
        &[
            "*El Presidente* (_habla en ruso_): Abro esta sesión de nadie, sobre la",
            "nada. Someto a votación el proyecto de resolución S/2024/413.",
        ],
        &["_Se procede a votación ordinaria._"],
        &["_Votos a favor:_"],
        &[
            "Argelia, China, Ecuador, Eslovenia, Federación de Rusia, Francia, Guyana,",
            "Japón, Kazajstán, Malta, Reino Unido de Gran Bretaña e Irlanda del Norte,",
            "República de Corea, Sierra Leona",
        ],
        &["_Votos en contra:_"],
        &["Estados Unidos de América"],
        &["_Abstenciones:_"],
        &["Perú"],
        &[
            "*El Presidente* (_habla en ruso_): El resultado de la votación es el siguiente:",
            "13 votos a favor, 1 voto en contra y 1 abstención. El proyecto de resolución no ha",
            "sido aprobado debido al voto negativo de un miembro permanente del Consejo.",
        ],
        &["*Sra. Vey* (Perú): No tengo nada que decir."],
        &["*Sr. Primero* (Argelia) (_habla en árabe_): Yo tampoco."],
        &["*Sra. Nemo* (_habla en inglés_): Y yo, en nombre de la Comisión, digo lo", "mismo."],
        &["_Se levanta la sesión a las 10.15 horas._"],
    ],
};

const RUSSIAN: Words = Words {
    language: Language::Russian,
    letters: Letters::Wide,
    width: 480,
    head: [
        "Организация Объединенных Наций",
        "Совет Безопасности",
        "Предварительный отчет",
        "*99998*-е заседание",
        "Пятница, 31 мая 2024 года, 10 ч 00 мин",
    ],
    president: "Председатель:",
    members: "Члены:",
    table: [
        ("Алжир", "г-н Первый"),
        ("Китай", "г-н Второй"),
        ("Эквадор", "г-жа Третья"),
        ("Франция", "г-жа Четвертая"),
        ("Гайана", "г-н Пятый"),
        ("Япония", "г-жа Шестая"),
        ("Мальта", "г-жа Седьмая"),
        ("Перу", "г-жа Вей"),
        ("Республика Корея", "г-н Восьмой"),
        ("Российская Федерация", "г-н Девятый"),
        ("Сьерра-Леоне", "г-н Десятый"),
        ("Словения", "г-н Одиннадцатый"),
        ("Соединенное Королевство Великобритании и Северной Ирландии", "г-жа Двенадцатая"),
        ("Соединенные Штаты Америки", "г-н Тринадцатый"),
    ],
    agenda: "*Повестка дня*",
    item: "Выдуманный вопрос",
    body: &[
        &["_Заседание открывается в 10 ч 05 мин._"],
        &["*Утверждение повестки дня*"],
        &["_Повестка дня утверждается._"],
        &["*Выдуманный вопрос*"],
        &[
            "*Председатель:* Я открываю это заседание ни о чем и ставлю",
            "на голосование проект резолюции S/2024/413.",
        ],
        &["_Проводится голосование поднятием руки._"],
        &["_Голосовали за:_"],
        &[
            "Алжир, Гайана, Казахстан, Китай, Мальта, Республика Корея, Российская",
            "Федерация, Словения, Соединенное Королевство Великобритании и Северной",
            "Ирландии, Сьерра-Леоне, Франция, Эквадор, Япония",
        ],
        &["_Голосовали против:_"],
        &["Соединенные Штаты Америки"],
        &["_Воздержались:_"],
        &["Перу"],
        &[
            "*Председатель:* Результаты голосования: 13 голосов за, 1 против и",
            "1 воздержавшийся. Проект резолюции не принимается, поскольку против голосовал",
            "постоянный член Совета.",
        ],
        &["*Г-жа Вей* (Перу) (_говорит по-испански_): Мне нечего сказать."],
        &["*Г-н Первый* (Алжир) (_говорит по-арабски_): Мне тоже."],
        &["*Г-жа Немо* (_говорит по-английски_): И я говорю от имени Комиссии то", "же самое."],
        &["_Заседание закрывается в 10 ч 15 мин._"],
    ],
};

const CHINESE: Words = Words {
    language: Language::Chinese,
    letters: Letters::Wide,
    width: 1000,
    head: [
        "联合国",
        "安全理事会",
        "临时逐字记录",
        "第*99998*次会议",
        "2024年5月31日星期五上午10时举行",
    ],
    president: "主席：",
    members: "成员：",
    table: [
        ("阿尔及利亚", "第一先生"),
        ("中国", "第二先生"),
        ("厄瓜多尔", "第三女士"),
        ("法国", "第四女士"),
        ("圭亚那", "第五先生"),
        ("日本", "第六女士"),
        ("马耳他", "第七女士"),
        ("秘鲁", "维女士"),
        ("大韩民国", "第八先生"),
        ("俄罗斯联邦", "第九先生"),
        ("塞拉利昂", "第十先生"),
        ("斯洛文尼亚", "十一先生"),
        ("大不列颠及北爱尔兰联合王国", "十二女士"),
        ("美利坚合众国", "十三先生"),
    ],
    agenda: "*议程项目*",
    item: "虚构的问题",
    body: &[
        &["_上午10时05分开会。_"],
        &["*通过议程*"],
        &["_议程通过。_"],
        &["*虚构的问题*"],
        &["*主席*（_以俄语发言_）：我宣布这次会议开始，我现在将决议草案", "S/2024/413付诸表决。"],
        &["_进行了举手表决。_"],
        &["_赞成：_"],
        &[
            "阿尔及利亚、中国、厄瓜多尔、法国、圭亚那、日本、哈萨克斯坦、",
            "马耳他、大韩民国、俄罗斯联邦、塞拉利昂、斯洛文尼亚、大不列颠及",
            "北爱尔兰联合王国",
        ],
        &["_反对：_"],
        &["美利坚合众国"],
        &["_弃权：_"],
        &["秘鲁"],
        &[
            "*主席*（_以俄语发言_）：表决结果如下：13票赞成，1票反对，1票弃权。",
            "由于安理会一个常任理事国投了反对票，决议草案未获通过。",
        ],
        &["*维女士*（秘鲁）（_以西班牙语发言_）：我没有什么可说。"],
        &["*第一先生*（阿尔及利亚）（_以阿拉伯语发言_）：我也没有。"],
        &["*尼莫女士*（_以英语发言_）：我代表委员会说同样的话。"],
        &["_上午10时15分散会。_"],
    ],
};

/// The cover page and the one that follows.
fn file(words: &Words) -> make::File {
    let new = || Sheet::of(words.letters);
    let mut cover = new();
    let [united, council, provisional, number, day] = words.head;
    cover.line(123.0, 723.0, 15.0, united).line(480.0, 723.0, 10.0, "S/PV.99998");
    cover.line(123.0, 691.0, 20.0, &format!("*{council}*"));
    cover.line(480.0, 691.0, 10.0, &format!("_{provisional}_"));
    cover.line(123.0, 655.0, 10.0, number).line(123.0, 643.0, 10.0, day);
    cover.line(123.0, 631.0, 10.0, "New York");
    let brackets = if words.language == Language::Chinese { ["（", "）"] } else { ["(", ")"] };
    let [open, close] = brackets;
    let (kazakhstan, orlan) = match words.language {
        Language::Russian => ("Казахстан", "г-н Орлан"),
        Language::Chinese => ("哈萨克斯坦", "奥兰先生"),
        Language::Spanish => ("Kazajstán", "Sr. Orlan"),
        _ => ("Kazakhstan", "M. Orlan"),
    };
    cover.line(60.0, 548.0, 10.0, &format!("_{}_", words.president));
    cover.line(150.0, 548.0, 10.0, &format!("{orlan} . . . . . ."));
    cover.line(400.0, 548.0, 10.0, &format!("{open}{kazakhstan}{close}"));
    cover.line(60.0, 524.0, 10.0, &format!("_{}_", words.members));
    for (n, (state, name)) in words.table.iter().enumerate() {
        let y = 524.0 - 12.0 * n as f64;
        cover.line(123.0, y, 10.0, &format!("{state} . . . .")).line(460.0, y, 10.0, name);
    }
    cover.line(60.0, 330.0, 15.0, words.agenda).line(81.0, 310.0, 10.0, words.item);
    let mut page = new();
    page.artifact(60.0, 730.0, "S/PV.99998").artifact(250.0, 730.0, words.item);
    page.artifact(510.0, 730.0, "31/05/2024");
    page.artifact(60.0, 60.0, "2/2").artifact(510.0, 60.0, "24-00001");
    let mut y = 700.0;
    for lines in words.body {
        y = page.paragraph(60.0, y, 18.0, lines);
    }
    let mut file = make::pages(&[cover.bytes(), page.bytes()], "");
    match words.letters {
        Letters::Wide => wide(&mut file, words.width),
        _ => win_ansi(&mut file),
    }
    file
}

fn read(words: &Words) -> Record {
    // No name tells the language, as of a file that somebody renamed.
    let read = pdf::read(&file(words).bytes(), &Hints::default());
    read.unwrap().record
}

#[test]
fn one_meeting_in_four_other_languages() {
    for words in [&FRENCH, &SPANISH, &RUSSIAN, &CHINESE] {
        let record = read(words);
        let language = &words.language;
        assert_eq!(record.language, *language);
        assert_eq!(record.source.warnings, Vec::<String>::new(), "{language:?}");
        assert_eq!(record.symbol.to_string(), "S/PV.99998");
        assert_eq!(record.date.to_string(), "2024-05-31");
        assert_eq!(record.status, Status::Provisional, "{language:?}");
        assert_eq!(record.agenda, [words.item]);
        assert_eq!(record.presidents[0].state.as_deref(), Some("Kazakhstan"));
        let mut states: Vec<&str> = record.members.iter().map(|m| m.state.as_str()).collect();
        states.sort_unstable();
        let want = [
            "Algeria",
            "China",
            "Ecuador",
            "France",
            "Guyana",
            "Japan",
            "Malta",
            "Peru",
            "Republic of Korea",
            "Russian Federation",
            "Sierra Leone",
            "Slovenia",
            "United Kingdom",
            "United States",
        ];
        assert_eq!(states, want, "{language:?}");
        assert!(record.opened.is_some() && record.closed.is_some(), "{language:?}");
        statements_and_vote(&record, language);
    }
}

fn statements_and_vote(record: &Record, language: &Language) {
    let who: Vec<_> = record
        .statements()
        .map(|s| (s.speaker.as_, s.speaker.state.as_deref(), s.paragraphs.len()))
        .collect();
    assert_eq!(
        who,
        [
            (As::President, Some("Kazakhstan"), 1),
            (As::President, Some("Kazakhstan"), 1),
            (As::Member, Some("Peru"), 1),
            (As::Member, Some("Algeria"), 1),
            (As::Invited, None, 1),
        ],
        "{language:?}"
    );
    let spoken: Vec<_> = record.statements().map(|s| s.spoken.clone().unwrap()).collect();
    assert_eq!(spoken[0], Language::Russian, "{language:?}");
    assert_eq!((&spoken[2], &spoken[4]), (&Language::Spanish, &Language::English), "{language:?}");
    let vote = record.votes().next().unwrap();
    assert_eq!((vote.in_favour.len(), record.votes().count()), (13, 1), "{language:?}");
    assert!(vote.in_favour.iter().any(|name| name == "United Kingdom"), "{language:?}");
    assert_eq!(
        (&vote.against[..], &vote.abstaining[..]),
        (&["United States".to_owned()][..], &["Peru".to_owned()][..])
    );
    assert_eq!(vote.outcome, Some(Outcome::Vetoed), "{language:?}");
    assert_eq!(vote.on, ["S/2024/413"], "{language:?}");
    let directions = record.items.iter().filter(|i| matches!(i, Item::Direction(_))).count();
    assert_eq!(directions, 6, "{language:?}");
}

#[test]
fn the_words_of_each_edition_stay_as_they_are_printed() {
    let text = |words: &Words, at: usize| read(words).statements().nth(at).unwrap().text();
    assert_eq!(
        text(&FRENCH, 0),
        "J’ouvre cette séance de personne, peut-être sur rien. Je mets aux voix le projet de résolution S/2024/413."
    );
    assert_eq!(text(&SPANISH, 4), "Y yo, en nombre de la Comisión, digo lo mismo.");
    assert_eq!(text(&RUSSIAN, 4), "И я говорю от имени Комиссии то же самое.");
    assert_eq!(text(&CHINESE, 0), "我宣布这次会议开始，我现在将决议草案S/2024/413付诸表决。");
}
