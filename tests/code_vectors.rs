//! Messages with the code that each has (tests/vectors/messages.json), and messages composed at random of the sentences of each language.
#![cfg(not(target_arch = "wasm32"))]

use std::fs;
use std::path::Path;

use serde_json::Value;
use todoita::code::{Kind, Rule, read};

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn json(name: &str) -> Value {
    serde_json::from_str(&file(name)).expect("the vectors are JSON")
}

/// The kind and the digits of a code; two empty texts where none is read.
fn code_of(text: &str) -> (&'static str, String) {
    let reading = read(text, &Rule::default());
    match reading.kind {
        Some(Kind::Code) => ("code", reading.digits),
        Some(Kind::Backup) => ("backup", reading.digits),
        None => ("", String::new()),
    }
}

#[test]
fn every_message_is_read_as_expected() {
    let vectors = json("tests/vectors/messages.json");
    let rows = vectors["rows"].as_array().expect("rows");
    assert!(rows.len() >= 400, "{} rows", rows.len());
    let mut wrong = Vec::new();
    for row in rows {
        let text = row["text"].as_str().expect("a text");
        let wanted = (
            row["kind"].as_str().unwrap_or(""),
            row["digits"].as_str().unwrap_or("").to_owned(),
        );
        let got = code_of(text);
        if got != wanted {
            wrong.push(format!("{text}\n  wanted {wanted:?}, read {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A generator of pseudo-random numbers (SplitMix64): the same messages in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + self.below(10) as u8))
            .collect()
    }

    /// A number of 5 to 10 digits, mostly of 6.
    fn other(&mut self) -> String {
        let count = [6, 6, 6, 5, 7, 8, 9, 10][self.below(8)];
        self.digits(count)
    }

    fn amount(&mut self) -> String {
        let n = match self.below(4) {
            0 => format!("{}", 10 + self.below(99_990)),
            1 => format!("{},{}", 1 + self.below(999), 100 + self.below(900)),
            2 => format!("{}.{}", 1 + self.below(999), 10 + self.below(90)),
            _ => format!("{}", 100_000 + self.below(900_000)),
        };
        let form = self.of(&["$#", "€ #", "#円", "# USD", "EUR #", "₹#", "# 元", "¥#"]);
        form.replace('#', &n)
    }
}

const PHONES: [&str; 7] = [
    "+44 7700 900417",
    "03-1234-5678",
    "0120-123-456",
    "+81 90 1234 5678",
    "(03) 1234-5678",
    "+1 (555) 010-0417",
    "0049 30 900417",
];
const DATES: [&str; 5] = [
    "2026-11-22",
    "22.11.2026",
    "11/22/2026",
    "2026年11月22日",
    "22/11/26",
];
const TIMES: [&str; 3] = ["10:30", "10:30:45", "21:05"];
const LINKS: [&str; 3] = [
    "https://example.com/a/118204",
    "www.example.com/118204",
    "example.com/?id=118204",
];

/// A message of a language, and its code if it has one.
fn message(random: &mut Random, phrases: &Value) -> (String, Option<String>) {
    let one = |kind: &str| phrases[kind].as_str().expect("a sentence").to_owned();
    let some = |kind: &str, random: &mut Random| {
        let list = phrases[kind].as_array().expect("sentences");
        list[random.below(list.len())]
            .as_str()
            .expect("a sentence")
            .to_owned()
    };
    let code = random.digits(6);
    let shown = match random.below(5) {
        0 => [&code[..3], &code[3..]].join(" "),
        1 => [&code[..3], &code[3..]].join("-"),
        _ => code.clone(),
    };
    let kind = [
        "label", "code", "code", "code", "trans", "enter", "login", "phone", "dead",
    ][random.below(9)];
    let sentence = match kind {
        "label" => {
            let label = phrases["code"][1].as_str().expect("a label");
            let label = label.split("{c}").next().unwrap_or_default();
            let label = label.trim_end_matches([' ', ':', '：']);
            let (before, after) = [
                (": ", ""),
                ("：", ""),
                (" ", ""),
                (" - ", ""),
                (":\n", ""),
                (" = ", ""),
                (" [", "]"),
                (" \"", "\""),
            ][random.below(8)];
            format!("{label}{before}{shown}{after}")
        }
        "code" => some("code", random),
        kind => one(kind),
    };
    let sentence = sentence
        .replace("{c}", &shown)
        .replace("{p}", random.of(&PHONES))
        .replace("{x}", &random.digits(6));
    let without = random.below(10) == 0;
    let mut parts = if without { Vec::new() } else { vec![sentence] };
    for _ in 0..random.below(4) {
        let number = random.other();
        let part = match random.below(9) {
            0 | 1 => some("order", random).replace("{x}", &number),
            2 => random.amount(),
            3 => random.of(&DATES).to_owned(),
            4 => random.of(&TIMES).to_owned(),
            5 => random.of(&PHONES).to_owned(),
            6 => random.of(&LINKS).to_owned(),
            7 => one("lone").replace("{x}", &number),
            _ if kind == "login" && !without => one("member").replace("{x}", &number),
            _ => continue,
        };
        let place = random.below(parts.len() + 1);
        parts.insert(place, part);
    }
    let joint = random.of(&["\n", "\n", ". ", " / "]);
    if joint == ". " {
        for part in &mut parts {
            *part = part.trim_end_matches(['.', '。', '।']).to_owned();
        }
    }
    let mut text = parts.join(joint);
    // As an <input> receives it.
    if random.below(10) < 3 {
        text = text.replace('\n', " ");
    }
    (text, (!without).then_some(code))
}

/// In messages composed of a code, of numbers of other sorts and of links, no wrong code is read, and at least 97 of
/// 100 codes are.
#[test]
fn composed_messages_give_no_wrong_code() {
    const MESSAGES: usize = 100_000;
    let phrases = json("tests/vectors/phrases.json");
    let languages: Vec<&Value> = phrases["languages"]
        .as_object()
        .expect("languages")
        .values()
        .collect();
    assert!(languages.len() >= 37);
    let mut random = Random(13);
    let (mut codes, mut right) = (0, 0);
    let mut wrong = Vec::new();
    for i in 0..MESSAGES {
        let (text, code) = message(&mut random, languages[i % languages.len()]);
        let (kind, digits) = code_of(&text);
        codes += usize::from(code.is_some());
        if kind.is_empty() {
            continue;
        }
        if code.as_ref() == Some(&digits) {
            right += 1;
        } else {
            wrong.push(format!("{text:?}: {kind} {digits}, not {code:?}"));
        }
    }
    println!("{right} of {codes} codes read, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(right * 100 >= codes * 97, "{right} of {codes}");
}
