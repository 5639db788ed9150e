//! Messages composed at random from the phrases of `tests/vectors/composition.json`: in each language a sentence
//! that names the code, and up to three others with an amount, a date, a time, a phone number, an order number, a
//! link or another code, in any order. The reader must find the code, and never give out another number.
//!
//! The seed is fixed, so that every run reads the same messages. The report of all languages is printed by
//! `cargo test --test code_generated -- --nocapture`.

#![cfg(not(target_arch = "wasm32"))]

use std::fs;

use serde_json::Value;
use todoita::code::{Rule, read};

/// Messages of the whole run, over all languages.
const MESSAGES: usize = 100_000;
const SEED: u64 = 0x746F_646F_6974_6131;
/// Wrong codes that are allowed.
const ALLOWED_WRONG: usize = 0;
/// The share of messages whose code must be read, in percent.
const LEAST_READ: usize = 97;

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and the same on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// So many digits; the first may be a zero.
    fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + self.below(10) as u8))
            .collect()
    }

    /// A number without a leading zero, from `least` to `most` digits.
    fn number(&mut self, least: usize, most: usize) -> String {
        let more = least - 1 + self.below(most - least + 1);
        let first = 1 + self.below(9);
        first.to_string() + &self.digits(more)
    }
}

/// Sentences that can be added, by their names in `composition.json`; `link` is the same in every language.
const DISTRACTORS: [&str; 8] = [
    "amount", "date", "time", "phone", "order", "link", "other", "expired",
];

/// A composed message.
struct Message {
    text: String,
    code: String,
    /// The names of the distractors in it.
    distractors: Vec<&'static str>,
}

/// A phrase of a language.
fn phrase<'a>(language: &'a Value, name: &str, random: &mut Random) -> &'a str {
    let phrases = language[name].as_array().expect("phrases");
    phrases[random.below(phrases.len())]
        .as_str()
        .expect("a text")
}

/// The code as it is written: mostly in one piece, sometimes in two halves.
fn written(code: &str, random: &mut Random) -> String {
    let (first, second) = code.split_at(3);
    match random.below(12) {
        0 => format!("{first} {second}"),
        1 => format!("{first}-{second}"),
        _ => code.to_owned(),
    }
}

/// The sentence that names the code.
fn code_sentence(language: &Value, code: &str, random: &mut Random) -> String {
    match random.below(10) {
        0..7 => {
            let keyword = phrase(language, "keywords", random);
            let join = phrase(language, "joins", random);
            [keyword, join, &written(code, random)].concat()
        }
        7..9 => phrase(language, "after", random).replace("{c}", &written(code, random)),
        _ => phrase(language, "entry", random).replace("{c}", code),
    }
}

/// An amount, written as in the United States, as in most of Europe, or without separators.
fn amount(random: &mut Random) -> String {
    let (thousands, rest) = (random.number(1, 3), random.digits(3));
    match random.below(4) {
        0 => format!("{thousands},{rest}"),
        1 => format!("{thousands},{rest}.00"),
        2 => format!("{thousands}.{rest},50"),
        _ => thousands + &rest,
    }
}

/// A sentence with a number that is not the code.
fn distractor(language: &Value, name: &str, random: &mut Random) -> String {
    if name == "link" {
        let number = random.number(4, 8);
        return match random.below(3) {
            0 => format!("https://hibari.example/{number}"),
            1 => format!("https://hibari.example/a?id={number}"),
            _ => format!("hibari.example/r/{number}"),
        };
    }
    let mut text = phrase(language, name, random).to_owned();
    for (place, value) in [
        ("{n}", random.number(4, 10)),
        ("{a}", amount(random)),
        ("{y}", (2025 + random.below(4)).to_string()),
        ("{m}", format!("{:02}", 1 + random.below(12))),
        ("{d}", format!("{:02}", 1 + random.below(28))),
        (
            "{t}",
            format!("{:02}:{:02}", random.below(24), random.below(60)),
        ),
    ] {
        text = text.replace(place, &value);
    }
    text.chars()
        .map(|c| {
            if c == '#' {
                char::from(b'0' + random.below(10) as u8)
            } else {
                c
            }
        })
        .collect()
}

/// A message with at most `most` distractors.
fn compose(language: &Value, most: usize, random: &mut Random) -> Message {
    let code = random.digits(6);
    let mut sentences = vec![code_sentence(language, &code, random)];
    let mut distractors = Vec::new();
    for _ in 0..random.below(most + 1) {
        let name = DISTRACTORS[random.below(DISTRACTORS.len())];
        if distractors.contains(&name) {
            continue;
        }
        let at = random.below(sentences.len() + 1);
        sentences.insert(at, distractor(language, name, random));
        distractors.push(name);
    }
    let end = language["end"].as_str().expect("a text");
    let joint = if random.below(3) == 0 { "\n" } else { end };
    // An abbreviation ends with a full stop, which is not doubled.
    let stop = end.trim_end();
    let sentences: Vec<&str> = sentences
        .iter()
        .map(|sentence| sentence.strip_suffix(stop).unwrap_or(sentence))
        .collect();
    let mut text = sentences.join(joint);
    if random.below(2) == 0 {
        text += stop;
    }
    if random.below(3) == 0 {
        text = format!("Hibari: {text}");
    }
    Message {
        text,
        code,
        distractors,
    }
}

fn languages() -> Vec<Value> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/vectors/composition.json"
    );
    let json = fs::read_to_string(path).expect("the file exists");
    let file: Value = serde_json::from_str(&json).expect("JSON");
    file["rows"].as_array().expect("rows").clone()
}

/// How many messages were read, gave a wrong code, and were missed.
#[derive(Default)]
struct Report {
    right: usize,
    wrong: usize,
    missed: usize,
    /// The first messages with a wrong code.
    examples: Vec<String>,
    /// Messages with a wrong code or none, by their only distractor.
    by_distractor: [[usize; 2]; DISTRACTORS.len()],
}

impl Report {
    fn run(language: &Value, messages: usize, most: usize, random: &mut Random) -> Report {
        let rule = Rule::default();
        let mut report = Report::default();
        for _ in 0..messages {
            let message = compose(language, most, random);
            let reading = read(&message.text, &rule);
            let outcome = match reading.kind {
                Some(_) if reading.digits == message.code => {
                    report.right += 1;
                    continue;
                }
                Some(_) => {
                    report.wrong += 1;
                    if report.examples.len() < 3 {
                        report.examples.push(format!(
                            "{:?} gives {}, not {}",
                            message.text, reading.digits, message.code
                        ));
                    }
                    0
                }
                None => {
                    report.missed += 1;
                    1
                }
            };
            if let [only] = message.distractors[..]
                && let Some(at) = DISTRACTORS.iter().position(|name| *name == only)
            {
                report.by_distractor[at][outcome] += 1;
            }
        }
        report
    }

    fn add(&mut self, other: Report) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
        self.examples.extend(other.examples);
        for (mine, others) in self.by_distractor.iter_mut().zip(other.by_distractor) {
            mine[0] += others[0];
            mine[1] += others[1];
        }
    }

    fn line(&self, name: &str) -> String {
        let all = self.right + self.wrong + self.missed;
        let share = self.right as f64 * 100.0 / all as f64;
        format!(
            "{name:12} {all:7} {:7} {:6} {:7} {share:6.2} %\n",
            self.right, self.wrong, self.missed
        )
    }
}

/// Reads messages of every language, prints a line for each, and returns the sum.
fn run(messages: usize, most: usize) -> Report {
    let languages = languages();
    let each = messages.div_ceil(languages.len());
    let languages = &languages;
    let read = move |index: usize| {
        // A seed for each language: phrases that are added to one do not change the messages of others.
        let mut random = Random(SEED + index as u64);
        Report::run(&languages[index], each, most, &mut random)
    };
    let reports: Vec<Report> = std::thread::scope(|scope| {
        let half = languages.len() / 2;
        let first = scope.spawn(move || (0..half).map(read).collect::<Vec<_>>());
        let second: Vec<Report> = (half..languages.len()).map(read).collect();
        let mut all = first.join().expect("no panic");
        all.extend(second);
        all
    });
    let mut all = Report::default();
    let mut table = "language     messages    right  wrong  missed    read\n".to_owned();
    for (language, report) in languages.iter().zip(reports) {
        table += &report.line(language["lang"].as_str().expect("a tag"));
        all.add(report);
    }
    table += &all.line("all");
    println!("{table}");
    for (name, [wrong, missed]) in DISTRACTORS.iter().zip(all.by_distractor) {
        println!("only {name:8} {wrong:6} wrong {missed:6} missed");
    }
    println!("{}", all.examples.join("\n"));
    all
}

fn check(report: &Report) {
    let all = report.right + report.wrong + report.missed;
    assert_eq!(report.wrong, ALLOWED_WRONG, "wrong codes of {all}");
    assert!(
        report.right * 100 >= all * LEAST_READ,
        "only {} of {all} codes are read",
        report.right
    );
}

#[test]
fn the_code_alone_is_read_in_every_language() {
    check(&run(MESSAGES / 20, 0));
}

#[test]
fn the_code_is_read_among_other_numbers() {
    check(&run(MESSAGES, 3));
}
