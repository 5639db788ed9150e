//! The layers of the login service: what may depend on what. The compiler holds the border between the
//! packages; these tests hold the borders between modules.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first failed expectation"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Which module names which others. A module is its path within the crate, such as `web::routes::code`; the
/// crate's root is the empty path.
type Imports = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_owned()
}

/// The source of each module below `folder`: code only, without comments, strings' contents and tests.
fn modules(folder: &Path) -> BTreeMap<String, String> {
    let mut modules = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(current) = folders.pop() {
        for entry in fs::read_dir(&current).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).unwrap().with_extension("");
                let name = name.to_str().unwrap().replace('/', "::");
                let name = name.strip_suffix("::mod").unwrap_or(&name);
                let name = if name == "lib" { "" } else { name };
                let text = fs::read_to_string(&path).unwrap();
                modules.insert(name.to_owned(), code_of(&text));
            }
        }
    }
    modules
}

/// The code of a file, without comments and without the tests at its end.
fn code_of(text: &str) -> String {
    text.lines()
        .take_while(|line| line.trim() != "#[cfg(test)]")
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every path that a file writes after `start` (`crate`, `super`), with `{…}` expanded.
fn paths(code: &str, start: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in code.match_indices(&format!("{start}::")) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        expand(&code[at + start.len() + 2..], "", &mut paths);
    }
    paths
}

/// Reads one path, or a list of paths in braces, and gives what follows it.
fn expand<'a>(text: &'a str, prefix: &str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('}') {
                return after;
            }
            let after = expand(rest, prefix, paths).trim_start();
            let after = after.strip_prefix(',').unwrap_or(after);
            assert!(after.len() < rest.len(), "a list of paths: {rest:.60}");
            rest = after;
        }
    }
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*'))
        .unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}::{name}")
    };
    match rest.strip_prefix("::") {
        Some(rest) => expand(rest, &path, paths),
        None => {
            paths.push(path);
            match rest.strip_prefix(" as ") {
                Some(rest) => rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'),
                None => rest,
            }
        }
    }
}

/// The deepest module on a path: `store::users::User` is in `store::users`.
fn module_of(path: &str, modules: &BTreeMap<String, String>) -> String {
    let mut path = path.trim_end_matches("::self");
    while !modules.contains_key(path) {
        path = path.rsplit_once("::").map_or("", |(parent, _)| parent);
    }
    path.to_owned()
}

fn imports(modules: &BTreeMap<String, String>) -> Imports {
    let mut imports = Imports::new();
    for (name, code) in modules {
        let parent = name.rsplit_once("::").map_or("", |(parent, _)| parent);
        let below = |base: &str, path: String| {
            if base.is_empty() {
                path
            } else {
                format!("{base}::{path}")
            }
        };
        let mut named = paths(code, "crate");
        named.extend(
            paths(code, "super")
                .into_iter()
                .map(|path| below(parent, path)),
        );
        // A module that names its own children: `use module::Item` or `child::function(…)`.
        let children = modules.keys().filter(|module| {
            let own = module.rsplit_once("::").map_or("", |(parent, _)| parent);
            !module.is_empty() && own == name
        });
        for module in children {
            let short = module.rsplit("::").next().unwrap();
            named.extend(
                paths(code, short)
                    .into_iter()
                    .map(|path| format!("{module}::{path}")),
            );
        }
        let mut found: BTreeSet<String> =
            named.iter().map(|path| module_of(path, modules)).collect();
        found.remove(name);
        imports.insert(name.clone(), found);
    }
    imports
}

/// A circle of modules, if there is one.
fn cycle(imports: &Imports) -> Option<Vec<String>> {
    let mut left = imports.clone();
    // Modules that import nothing that is left are not in a circle.
    loop {
        let free: Vec<String> = left
            .iter()
            .filter(|(_, named)| named.iter().all(|module| !left.contains_key(module)))
            .map(|(name, _)| name.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        for name in free {
            left.remove(&name);
        }
    }
    let mut at = left.keys().next()?.clone();
    let mut path = Vec::new();
    while !path.contains(&at) {
        let next = left[&at].iter().find(|module| left.contains_key(*module));
        let next = next.unwrap().clone();
        path.push(std::mem::replace(&mut at, next));
    }
    let start = path.iter().position(|module| *module == at).unwrap();
    path.drain(..start);
    path.push(at);
    Some(path)
}

/// Every import of a module below `from` that leads to a module below `to`.
fn leads(imports: &Imports, from: &str, to: &str) -> Vec<String> {
    let below = |module: &str, base: &str| {
        module == base
            || module
                .strip_prefix(base)
                .is_some_and(|rest| rest.starts_with("::"))
    };
    let mut found = Vec::new();
    for (name, named) in imports.iter().filter(|(name, _)| below(name, from)) {
        for module in named.iter().filter(|module| below(module, to)) {
            found.push(format!("{name} → {module}"));
        }
    }
    found
}

#[test]
fn login_depends_on_no_web_framework_and_no_database() {
    let tree = Command::new(env!("CARGO"))
        .args("tree --package login --edges normal --prefix none --offline --locked".split(' '))
        .current_dir(root())
        .output()
        .unwrap();
    assert!(
        tree.status.success(),
        "{}",
        String::from_utf8_lossy(&tree.stderr)
    );
    let tree = String::from_utf8(tree.stdout).unwrap();
    let packages: BTreeSet<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(
        packages.contains("login") && packages.contains("argon2"),
        "{tree}"
    );
    for package in [
        "axum",
        "askama",
        "sqlx",
        "sqlx-core",
        "tower",
        "tower-http",
        "hyper",
        "http",
    ] {
        assert!(!packages.contains(package), "login depends on {package}");
    }
}

#[test]
fn no_modules_import_each_other_in_a_circle() {
    for folder in ["login/src", "server/src"] {
        let modules = modules(&root().join(folder));
        assert!(modules.len() > 20, "{folder}: {}", modules.len());
        let imports = imports(&modules);
        assert!(imports.values().map(BTreeSet::len).sum::<usize>() > 50);
        assert_eq!(cycle(&imports), None, "{folder}");
    }
}

/// The reader, the field's behaviour and its view in the core.
#[test]
fn the_modules_of_code_entry_and_view_import_each_other_in_one_direction() {
    let mut imports = imports(&modules(&root().join("src")));
    let of_these = |module: &str| {
        let first = module.split("::").next().unwrap_or_default();
        ["code", "entry", "view", "channel", "facts", "cause"].contains(&first)
    };
    imports.retain(|module, _| of_these(module));
    assert!(imports.len() > 15, "{}", imports.len());
    assert_eq!(cycle(&imports), None);
}

#[test]
fn each_layer_imports_only_the_layers_below_it() {
    let server = imports(&modules(&root().join("server/src")));
    for (from, to) in [
        ("web", "store"),
        ("web", "demo"),
        ("web", "delivery"),
        ("web", "startup"),
        ("words", "web"),
        ("store", "web"),
        ("store", "words"),
        ("delivery", "web"),
        ("demo", "store"),
        ("web", "monitor"),
    ] {
        assert_eq!(leads(&server, from, to), [""; 0], "{from} → {to}");
    }
    let login = imports(&modules(&root().join("login/src")));
    let factors = ["sent_code", "authenticator", "backup_code"];
    for (from, to) in factors.iter().flat_map(|from| factors.map(|to| (from, to))) {
        let [from, to] = [from, to].map(|factor| format!("factors::{factor}"));
        assert_eq!(
            leads(&login, &from, &to),
            [""; 0],
            "factors know no other factor"
        );
    }
}

#[test]
fn sql_is_in_the_store_and_http_in_the_web_layer() {
    for (name, code) in modules(&root().join("server/src")) {
        let within = |folders: &[&str]| folders.iter().any(|folder| name.starts_with(folder));
        if !within(&["store"]) {
            assert!(!code.contains("sqlx::"), "{name} names sqlx");
        }
        if !within(&["web", "demo", "listener", "monitor", "startup", "main"]) {
            assert!(!code.contains("axum::"), "{name} names axum");
        }
    }
}

#[test]
fn a_typed_code_is_read_in_one_place() {
    let modules = modules(&root().join("login/src"));
    let names = |code: &str, start, path: &str| paths(code, start).iter().any(|it| it == path);
    let readers: Vec<&str> = modules
        .iter()
        .filter(|(_, code)| names(code, "code", "read") || names(code, "todoita", "code::read"))
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(readers, ["code_rule"]);
}

#[test]
fn a_planted_circle_is_found_and_so_is_a_planted_import() {
    let planted = |files: &[(&str, &str)]| -> Imports {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), code_of(text)));
        imports(&files.collect())
    };
    let circle = planted(&[
        ("", "pub mod a;"),
        ("a", "use crate::{b::{c::Thing, Other}, d};"),
        ("b", "pub mod c;"),
        ("b::c", "use super::Other;"),
        ("d", "fn f() { crate::a::g() }"),
    ]);
    let found = cycle(&circle).unwrap();
    assert_eq!(found, ["a", "d", "a"]);
    let nested = planted(&[
        ("a", "mod b;\nuse b::Thing;"),
        ("a::b", "use super::Other;"),
        ("", ""),
    ]);
    assert!(cycle(&nested).is_some(), "parent and submodule");
    let fine = planted(&[
        ("", "pub mod a;"),
        (
            "a",
            "// use crate::d;\nuse crate::b::c::Thing as It;\n#[cfg(test)]\nuse crate::d::x;",
        ),
        ("b", "pub mod c;"),
        ("b::c", "use super::Other;"),
        ("d", "use crate::a::g;"),
    ]);
    assert_eq!(cycle(&fine), None);
    assert_eq!(leads(&fine, "d", "a"), ["d → a"]);
    assert_eq!(leads(&fine, "a", "b"), ["a → b::c"]);
}
