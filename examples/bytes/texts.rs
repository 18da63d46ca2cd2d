//! The texts that are read: an exercise debate of the program, and texts made up by a rule in
//! three other scripts (words of a list in a scattered order, nobody's sentences).

use std::path::{Path, PathBuf};

use super::pty::Fallible;

const RUSSIAN: &[&str] =
    &["слово", "и", "пример", "текста", "длинное", "на", "выдуманный", "строка,", "для", "окна."];
const CHINESE: &[&str] =
    &["虚构的", "例子", "文字", "一行，", "窗口", "测试", "句子。", "没有", "意义"];
const ARABIC: &[&str] =
    &["كلمة", "مثال", "في", "نص", "سطر", "نافذة", "تجربة", "من", "طويلة،", "جملة."];

/// The made-up records: language, symbol, words, the separator between them, a word to search.
pub const SCRIPTS: [(&str, &str, &[&str], &str, &str); 3] = [
    ("ru", "S/PV.99991", RUSSIAN, " ", "пример"),
    ("zh", "S/PV.99992", CHINESE, "", "测试"),
    ("ar", "S/PV.99993", ARABIC, " ", "تجربة"),
];

/// Makes a library of the records in other scripts, and returns its folder.
///
/// # Errors
/// When a file cannot be written.
pub fn library(folder: &Path) -> Fallible<PathBuf> {
    let library = folder.join("library");
    std::fs::create_dir_all(&library)?;
    for (language, symbol, words, between, _) in SCRIPTS {
        let record = serde_json::json!({
            "format": "spv/1", "symbol": symbol, "kind": "verbatim",
            "language": language, "date": "2019-11-19", "topic": "An invented item",
            "items": [{"type": "statement", "number": 1, "page": 2,
                "speaker": {"printed": "Mr. Made", "name": "Mr. Made", "as": "invited"},
                "paragraphs": paragraphs(words, between)}]
        });
        let name = format!("{}.{language}.json", symbol.replace('/', "_"));
        std::fs::write(library.join(name), record.to_string())?;
    }
    Ok(library)
}

fn paragraphs(words: &[&str], between: &str) -> Vec<serde_json::Value> {
    let mut seed = 7usize;
    let mut word = || {
        seed = seed.wrapping_mul(1_103_515_245).wrapping_add(12_345) % (1 << 31);
        words[(seed >> 8) % words.len()]
    };
    // All on one page, since page numbers in the margin are not measured here.
    (0..60)
        .map(|_| {
            let text: Vec<&str> = (0..90).map(|_| word()).collect();
            serde_json::json!({"page": 2, "text": text.join(between)})
        })
        .collect()
}
