//! The organization that an office belongs to. A form of address and an invitation name the office of a
//! briefer, and seldom the organization beside it.

use crate::import::words::fold_text;

/// Organizations by words of their names, folded; the first that an office names is taken.
const NAMED: &[(&str, &[&str])] = &[
    (
        "European Union",
        &[
            "european union",
            "union europeenne",
            "union europea",
            "европейского союза",
            "欧洲联盟",
            "欧盟",
        ],
    ),
    (
        "African Union",
        &["african union", "union africaine", "union africana", "африканского союза", "非洲联盟"],
    ),
    (
        "League of Arab States",
        &[
            "league of arab states",
            "ligue des etats arabes",
            "liga de los estados arabes",
            "лиги арабских государств",
        ],
    ),
    (
        "Organization of Islamic Cooperation",
        &["organization of islamic cooperation", "organisation of islamic cooperation"],
    ),
    (
        "Organization for Security and Cooperation in Europe",
        &[
            "organization for security and cooperation in europe",
            "organization for security and co-operation in europe",
        ],
    ),
    (
        "International Committee of the Red Cross",
        &[
            "international committee of the red cross",
            "comite international de la croix-rouge",
            "comite internacional de la cruz roja",
        ],
    ),
    (
        "International Criminal Court",
        &[
            "international criminal court",
            "cour penale internationale",
            "corte penal internacional",
            "международного уголовного суда",
        ],
    ),
    (
        "International Court of Justice",
        &[
            "international court of justice",
            "cour internationale de justice",
            "corte internacional de justicia",
        ],
    ),
    (
        "International Residual Mechanism for Criminal Tribunals",
        &["international residual mechanism"],
    ),
    ("International Atomic Energy Agency", &["international atomic energy agency"]),
    ("Organization for the Prohibition of Chemical Weapons", &["prohibition of chemical weapons"]),
    ("World Health Organization", &["world health organization"]),
    ("World Bank", &["world bank"]),
    ("International Monetary Fund", &["international monetary fund"]),
    (
        "United Nations Children's Fund",
        &[
            "united nations children's fund",
            "unicef",
            "fonds des nations unies pour l'enfance",
            "fondo de las naciones unidas para la infancia",
        ],
    ),
    (
        "World Food Programme",
        &["world food programme", "programme alimentaire mondial", "programa mundial de alimentos"],
    ),
    ("United Nations Development Programme", &["united nations development programme"]),
    ("United Nations Population Fund", &["united nations population fund", "unfpa"]),
    ("United Nations Environment Programme", &["united nations environment programme"]),
    ("United Nations Office on Drugs and Crime", &["united nations office on drugs and crime"]),
    ("UN-Women", &["un-women", "un women", "onu-femmes", "onu-mujeres"]),
    (
        "United Nations Educational, Scientific and Cultural Organization",
        &["educational, scientific and cultural organization", "unesco"],
    ),
    (
        "Food and Agriculture Organization of the United Nations",
        &["food and agriculture organization"],
    ),
    ("International Organization for Migration", &["international organization for migration"]),
    (
        "Office of the United Nations High Commissioner for Refugees",
        &["high commissioner for refugees", "haut-commissaire des nations unies pour les refugies"],
    ),
];

/// Starts of offices of the Secretariat, folded.
const SECRETARIAT_STARTS: [&str; 20] = [
    "under-secretary-general",
    "assistant secretary-general",
    "united nations ",
    "high commissioner for human rights",
    "high representative for disarmament affairs",
    "emergency relief coordinator",
    "legal counsel",
    "military adviser",
    "police adviser",
    "force commander",
    "secretaire general adjoint",
    "secretaire generale adjointe",
    "sous-secretaire general",
    "sous-secretaire generale",
    "haut-commissaire des nations unies",
    "secretario general adjunto",
    "secretaria general adjunta",
    "subsecretario general",
    "subsecretaria general",
    "alto comisionado de las naciones unidas",
];

/// Words inside such offices, folded.
const SECRETARIAT_WORDS: [&str; 21] = [
    "of the secretary-general",
    "du secretaire general",
    "de la secretaire generale",
    "del secretario general",
    "заместитель генерального секретаря",
    "помощник генерального секретаря",
    "представитель генерального секретаря",
    "посланник генерального секретаря",
    "副秘书长",
    "助理秘书长",
    "秘书长特别代表",
    "秘书长特使",
    "united nations mission",
    "united nations multidimensional",
    "united nations support",
    "united nations assistance mission",
    "united nations interim",
    "united nations office for",
    "office for the coordination of humanitarian affairs",
    "bureau de la coordination des affaires humanitaires",
    "department of peace operations",
];

/// The organization that an office belongs to, if its words name one beyond doubt.
///
/// "Permanent Observer of Utopia to the United Nations" belongs to a State, and "Minister for European
/// Union Affairs" to its government.
pub(super) fn organization_of(role: &str) -> Option<&'static str> {
    let role = fold_text(role);
    let of_state = [
        "permanent representative",
        "permanent observer",
        "minister",
        "ministre",
        "ministro",
        "ambassador",
        "charge d'affaires",
        "president of the republic",
        "министр",
    ];
    let union = role.contains("delegation of the european union")
        || role.contains("delegation de l'union europeenne");
    if !union && of_state.iter().any(|word| role.contains(&fold_text(word))) {
        return None;
    }
    let starts = SECRETARIAT_STARTS.iter().any(|word| role.starts_with(&fold_text(word)));
    let contains = |word: &&str| role.contains(&fold_text(word));
    // A representative of the Secretary-General to the African Union is of the United Nations.
    if SECRETARIAT_WORDS.iter().take(4).any(contains)
        || starts && !role.starts_with("united nations")
    {
        return Some("United Nations");
    }
    let named = NAMED.iter().find(|(_, words)| words.iter().any(contains));
    named
        .map(|(name, _)| *name)
        .or_else(|| (starts || SECRETARIAT_WORDS.iter().any(contains)).then_some("United Nations"))
}

#[cfg(test)]
mod tests {
    use super::organization_of;

    #[test]
    fn offices_and_their_organizations() {
        for (role, want) in [
            ("Under-Secretary-General for Invented Affairs", Some("United Nations")),
            ("Assistant Secretary-General for Human Rights", Some("United Nations")),
            ("Special Representative of the Secretary-General for Utopia", Some("United Nations")),
            ("Special Envoy of the Secretary-General", Some("United Nations")),
            (
                "Special Representative of the Secretary-General to the African Union",
                Some("United Nations"),
            ),
            ("United Nations High Commissioner for Human Rights", Some("United Nations")),
            ("High Commissioner for Human Rights", Some("United Nations")),
            ("Head of the United Nations Mission in Utopia", Some("United Nations")),
            (
                "Director of Operations, Office for the Coordination of Humanitarian Affairs",
                Some("United Nations"),
            ),
            ("Executive Director of UNICEF", Some("United Nations Children's Fund")),
            (
                "Executive Director of the United Nations Children’s Fund",
                Some("United Nations Children's Fund"),
            ),
            ("Executive Director of the World Food Programme", Some("World Food Programme")),
            (
                "United Nations High Commissioner for Refugees",
                Some("Office of the United Nations High Commissioner for Refugees"),
            ),
            (
                "Head of the Delegation of the European Union to the United Nations",
                Some("European Union"),
            ),
            (
                "Chargé d’affaires a.i. of the Delegation of the European Union",
                Some("European Union"),
            ),
            (
                "High Representative of the European Union for Foreign Affairs",
                Some("European Union"),
            ),
            (
                "Prosecutor of the International Criminal Court",
                Some("International Criminal Court"),
            ),
            ("Commissioner for Peace and Security of the African Union", Some("African Union")),
            ("Sous-Secrétaire générale aux affaires inventées", Some("United Nations")),
            ("Специальный представитель Генерального секретаря", Some("United Nations")),
            ("负责虚构事务的副秘书长", Some("United Nations")),
            ("Permanent Observer of Utopia to the United Nations", None),
            ("Minister for European Union Affairs", None),
            ("High Representative for Bosnia and Herzegovina", None),
            ("Founder of the Invented Society", None),
            ("Chair of the Committee", None),
            ("", None),
        ] {
            assert_eq!(organization_of(role), want, "{role}");
        }
    }
}
