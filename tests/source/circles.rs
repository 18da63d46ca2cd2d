//! Which file takes names from which, and the files that import each other in a circle.
//!
//! A name counts for the file that defines it: a `pub use` is followed, and a `mod.rs` that only declares
//! and re-exports takes part in no circle. Methods are not seen, since their types are not known here, and
//! code under `cfg(test)` does not count. The reading is plain: paths are resolved as the compiler does
//! for code without globs of modules and without inline modules, and `src` has neither.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, word};

/// For each file the files it takes names from, with the names.
pub type Uses = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// A module: its file, what the file defines, and what it brings into scope.
struct Module<'a> {
    source: &'a Source,
    children: BTreeSet<&'a str>,
    items: BTreeSet<&'a str>,
    imports: Vec<Import<'a>>,
    /// The code without its `use` declarations.
    code: String,
}

/// One name that a `use` brings in.
struct Import<'a> {
    path: Vec<&'a str>,
    name: &'a str,
    /// Whether it is re-exported: such a name counts only where the file uses it too.
    public: bool,
}

/// What a path leads to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Target<'a> {
    Module(Vec<&'a str>),
    /// The module that defines a name, and the name.
    Item(Vec<&'a str>, &'a str),
}

type Modules<'a> = BTreeMap<Vec<&'a str>, Module<'a>>;

/// Which file takes which names from which. Fails for a glob of a module, which hides names.
pub fn uses(sources: &[Source]) -> Uses {
    let modules: Modules =
        sources.iter().filter_map(|s| Some((module_path(&s.path)?, Module::read(s)))).collect();
    let mut uses = Uses::new();
    for (path, module) in &modules {
        let mut targets = BTreeSet::new();
        let mut taken = paths(&module.code);
        for import in &module.imports {
            if import.name == "*" {
                let found = resolve(&modules, path, &import.path, 0);
                let hides = found.iter().any(|t| matches!(t, Target::Module(_)));
                assert!(!hides, "{}: a glob of a module hides names", module.source.path);
            }
            if !import.public || bare_word(&module.code, import.name) {
                taken.push(import.path.clone());
            }
        }
        for segments in &taken {
            targets.extend(resolve(&modules, path, segments, 0));
        }
        let from = uses.entry(module.source.path.clone()).or_default();
        for target in targets {
            let Target::Item(owner, name) = target else { continue };
            if owner != *path {
                let file = modules[&owner].source.path.clone();
                from.entry(file).or_default().insert(name.to_owned());
            }
        }
    }
    uses
}

/// The circles: sets of at least two files in which each takes names from each, by way of others.
pub fn circles(uses: &Uses) -> Vec<BTreeSet<&str>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        uses.keys().map(|file| (file.as_str(), reach(uses, file))).collect();
    let mut circles = BTreeSet::new();
    for (file, others) in &reached {
        if others.contains(file) {
            circles.insert(others.iter().copied().filter(|o| reached[o].contains(file)).collect());
        }
    }
    circles.into_iter().collect()
}

fn reach<'a>(uses: &'a Uses, file: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> = uses[file].keys().map(String::as_str).collect();
    while let Some(file) = next.pop() {
        if reached.insert(file) {
            next.extend(uses[file].keys().map(String::as_str));
        }
    }
    reached
}

/// A circle as a report shows it: each arrow with the names that make it.
pub fn told(uses: &Uses, circle: &BTreeSet<&str>) -> String {
    let mut lines = vec![format!("a circle of {} files", circle.len())];
    for from in circle {
        for (to, names) in uses[*from].iter().filter(|(to, _)| circle.contains(to.as_str())) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            lines.push(format!("    {from} takes from {to}: {}", names.join(", ")));
        }
    }
    lines.join("\n")
}

/// `[app, card]` of `src/app/card.rs` and of `src/app/card/mod.rs`; none for the program.
fn module_path(path: &str) -> Option<Vec<&str>> {
    let name = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    match name {
        "main" => None,
        "lib" => Some(Vec::new()),
        _ => Some(name.strip_suffix("/mod").unwrap_or(name).split('/').collect()),
    }
}

impl<'a> Module<'a> {
    fn read(source: &'a Source) -> Self {
        let mut children = BTreeSet::new();
        let mut items = BTreeSet::new();
        let mut imports = Vec::new();
        let mut code = source.work.clone();
        let names = tokens(&source.work);
        let mut depth = 0_usize;
        for (at, &(byte, token)) in names.iter().enumerate() {
            let after = |n: usize| names.get(at + n).map_or("", |(_, t)| *t);
            match token {
                "{" => depth += 1,
                "}" => depth = depth.saturating_sub(1),
                "mod" if after(2) == ";" => _ = children.insert(after(1)),
                "fn" | "struct" | "enum" | "trait" | "type" | "const" | "static" | "union"
                    if depth == 0 && (at == 0 || names[at - 1].1 != "'") =>
                {
                    items.insert(after(1));
                }
                "use" => {
                    let end = names[at..].iter().position(|(_, t)| *t == ";").expect("use ends");
                    let tree: Vec<&str> = names[at + 1..at + end].iter().map(|(_, t)| *t).collect();
                    let public = at > 0 && matches!(names[at - 1].1, "pub" | ")");
                    read_use(&tree, &[], public, &mut imports);
                    let (last, _) = names[at + end];
                    code.replace_range(byte..last, &" ".repeat(last - byte));
                }
                _ => {}
            }
        }
        Self { source, children, items, imports, code }
    }
}

/// Adds every name of a tree such as `a::{b, c::{self, d as e}, f::*}`.
fn read_use<'a>(tree: &[&'a str], before: &[&'a str], public: bool, into: &mut Vec<Import<'a>>) {
    let mut path = before.to_vec();
    let mut at = 0;
    while let Some(&token) = tree.get(at) {
        match token {
            "::" => {}
            "{" => {
                let mut depth = 0;
                let mut start = at + 1;
                for (here, &inner) in tree.iter().enumerate().skip(at) {
                    match inner {
                        "{" => depth += 1,
                        "}" => depth -= 1,
                        _ => {}
                    }
                    if (inner == "," && depth == 1) || depth == 0 {
                        if here > start {
                            read_use(&tree[start..here], &path, public, into);
                        }
                        start = here + 1;
                    }
                }
                return;
            }
            "as" => {
                into.push(Import { path, name: tree[at + 1], public });
                return;
            }
            "self" if !path.is_empty() => {}
            name => path.push(name),
        }
        at += 1;
    }
    let name = path.last().expect("a use has a name");
    into.push(Import { name, public, path });
}

/// The names and marks of code, each with its byte; `::` is one.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    let mut chars = code.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = at + c.len_utf8();
        if part(c) {
            while let Some((_, c)) = chars.next_if(|(_, c)| part(*c)) {
                end += c.len_utf8();
            }
        } else if c == ':' && chars.next_if(|(_, c)| *c == ':').is_some() {
            end += 1;
        }
        found.push((at, &code[at..end]));
    }
    found
}

/// Every path of two names or more.
fn paths(code: &str) -> Vec<Vec<&str>> {
    let names = tokens(code);
    let is_name = |token: &str| token.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let mut found = Vec::new();
    let mut at = 0;
    while at < names.len() {
        let mut path = Vec::new();
        while let Some((_, token)) = names.get(at).filter(|(_, t)| is_name(t)) {
            path.push(*token);
            at += 1;
            if names.get(at).is_some_and(|(_, t)| *t == "::") {
                at += 1;
            } else {
                break;
            }
        }
        if path.len() > 1 {
            found.push(path);
        } else if path.is_empty() {
            at += 1;
        }
    }
    found
}

/// Whether a name is used by itself: not as a method, a field or the end of a path.
fn bare_word(code: &str, name: &str) -> bool {
    word(code, name).any(|at| {
        let before = code[..at].trim_end();
        !before.ends_with("::") && (!before.ends_with('.') || before.ends_with(".."))
    })
}

/// What a path leads to from a module: several where a module and an item have the same name.
fn resolve<'a>(
    modules: &Modules<'a>,
    from: &[&'a str],
    path: &[&'a str],
    depth: usize,
) -> BTreeSet<Target<'a>> {
    let mut found = BTreeSet::new();
    // Two modules that re-export each other's names would be followed for ever.
    let (Some(module), Some((&first, rest)), true) =
        (modules.get(from), path.split_first(), depth < 20)
    else {
        return found;
    };
    let mut enter = |base: &[&'a str]| {
        if rest.is_empty() {
            found.insert(Target::Module(base.to_vec()));
        } else {
            found.extend(resolve(modules, base, rest, depth + 1));
        }
    };
    match first {
        "crate" => enter(&[]),
        "self" => enter(from),
        "super" => enter(&from[..from.len().saturating_sub(1)]),
        _ => {
            if module.children.contains(first) {
                let mut child = from.to_vec();
                child.push(first);
                enter(&child);
            }
            if module.items.contains(first) {
                found.insert(Target::Item(from.to_vec(), first));
            }
            // `use` of a name from itself, as of a crate, would be followed for ever.
            for import in module.imports.iter().filter(|i| i.name == first && i.path != [first]) {
                let whole: Vec<&str> = import.path.iter().chain(rest).copied().collect();
                found.extend(resolve(modules, from, &whole, depth + 1));
            }
        }
    }
    found
}
