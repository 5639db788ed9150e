//! The names of a reading's parts are those of the types of JavaScript (`www/core.d.ts`) and Python (`python/todoita/__init__.pyi`).

#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path)
}

/// The names that `as_str` gives to the variants of an enum: `Fix::Message => "message",`.
fn given(source: &str, kind: &str) -> BTreeSet<String> {
    let arms = source.lines().filter_map(|line| {
        let (_, name) = line
            .trim()
            .strip_prefix(kind)?
            .strip_prefix("::")?
            .split_once(" => \"")?;
        Some(name.trim_end_matches("\",").to_owned())
    });
    arms.collect()
}

/// The quoted names in every part of a text between `start` and `end`.
fn declared(text: &str, start: &str, end: &str) -> BTreeSet<String> {
    let parts = text
        .split(start)
        .skip(1)
        .filter_map(|rest| rest.split_once(end));
    parts
        .flat_map(|(part, _)| part.split('"').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_types_of_javascript_and_python_have_every_name() {
    let (code, phone) = (read("src/code/names.rs"), read("src/phone.rs"));
    let types = read("www/core.d.ts");
    let stub = read("python/todoita/__init__.pyi");
    let rows = [
        (
            &code,
            "Kind",
            "| { kind: ",
            "def kind(self) -> Optional[Literal[",
        ),
        (&code, "Fix", "type Fix =", "\nFix = Literal["),
        (&code, "Problem", "type Problem =", "\nProblem = Literal["),
        (&phone, "Kind", "\n  kind: ", "\nPhoneKind = Literal["),
        (&phone, "Fix", "type PhoneFix =", "\nPhoneFix = Literal["),
        (
            &phone,
            "Problem",
            "type PhoneProblem =",
            "\nPhoneProblem = Literal[",
        ),
    ];
    for (source, kind, javascript, python) in rows {
        let names = given(source, kind);
        assert!(names.len() > 1, "{kind}: {names:?}");
        assert_eq!(declared(&types, javascript, ";"), names, "{javascript}");
        assert_eq!(declared(&stub, python, "]"), names, "{python}");
    }
}
