//! The texts, facts and sites with which the properties are tried, and the acts of a person.

use proptest::prelude::*;

use super::*;

/// Keys that people press in a code's field.
pub fn keys() -> impl Strategy<Value = String> {
    let key = prop_oneof![
        12 => proptest::char::range('0', '9'),
        4 => proptest::char::range('０', '９'),
        3 => proptest::sample::select(vec![' ', '-', '－', '　', '.', '/', '・']),
        2 => proptest::sample::select(vec!['O', 'o', 'l', 'I', '|', 'Ｏ']),
        1 => any::<char>(),
    ];
    proptest::collection::vec(key, 0..12).prop_map(|keys| keys.into_iter().collect())
}

/// Texts that come in at once.
pub fn chunks() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[0-9]{4,10}",
        2 => "[0-9０-９ ‐-]{1,12}",
        1 => "[0-9OolI|]{1,8}",
        1 => "[0-9]{6} [0-9]{6}",
        1 => proptest::sample::select(vec![
            "2026/11/22 10:30 認証番号：482913",
            "Your code is 482913.\n\n@bank.example #482913",
            "090-1234-5678",
            "hunter2",
            "明日の朝に行きます",
            "",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

pub fn spans() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![
        2 => Just(None),
        4 => (0..2 * MINUTE).prop_map(Some),
        3 => (0..15 * MINUTE).prop_map(Some),
        1 => (0..3 * HOUR).prop_map(Some),
        1 => proptest::sample::select(vec![0, 1, SECOND, MINUTE, HOUR, u32::MAX]).prop_map(Some),
    ]
}

pub fn facts() -> impl Strategy<Value = Facts> {
    let channel = proptest::option::of(proptest::sample::select(Channel::ALL.to_vec()));
    let cause = proptest::option::of(proptest::sample::select(Cause::ALL.to_vec()));
    let destination = proptest::option::of(Just("5678".to_owned()));
    let count = || proptest::option::of(0..12u32);
    let now = prop_oneof![1 => Just(None), 9 => Just(after(0))];
    let given = (now, channel, destination, cause, count(), count());
    (given, [spans(), spans(), spans(), spans()]).prop_map(
        |((now, channel, destination, cause, attempts_left, resends), spans)| {
            let [sent, expires, resend, retry] = spans;
            Facts {
                now,
                channel,
                destination,
                sent_at: sent.and_then(ago),
                expires_at: expires.and_then(after),
                resend_at: resend.and_then(after),
                attempts_left,
                retry_at: retry.and_then(after),
                cause,
                resends,
                unanswered: false,
            }
        },
    )
}

pub fn sites() -> impl Strategy<Value = Site> {
    let backup = proptest::sample::select(vec![
        Backup::Digits,
        Backup::Digits,
        Backup::Alphanumeric,
        Backup::None,
    ]);
    let lengths = prop_oneof![4 => Just((6, 8)), 1 => (4u8..=9, 4u8..=12)];
    (
        backup,
        lengths,
        any::<[bool; 5]>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(
            |(backup, (digits, backup_digits), methods, auto_submit, json)| Site {
                rule: Rule {
                    digits,
                    backup,
                    backup_digits,
                    host: Some("login.example".to_owned()),
                    ..Rule::default()
                },
                methods,
                auto_submit,
                json,
            },
        )
}

/// Something that happens in a page.
#[derive(Clone, Debug)]
pub enum Act {
    Types(String),
    Pastes(String),
    Accepts(String),
    Composes(String),
    IsFilled(String),
    Deletes(usize),
    Selects(usize, usize),
    Submits,
    IsInvalid,
    Presses(Action),
    Receives(Answer),
    Reads(Facts),
    Waits(u32),
    IsReleased,
    IsOnline(bool),
    Resets,
}

pub fn acts() -> impl Strategy<Value = Act> {
    let actions = [Action::Resend, Action::Code]
        .into_iter()
        .chain(Channel::ALL.map(Action::Method))
        .collect::<Vec<_>>();
    prop_oneof![
        8 => keys().prop_map(Act::Types),
        4 => chunks().prop_map(Act::Pastes),
        1 => chunks().prop_map(Act::Accepts),
        2 => keys().prop_map(Act::Composes),
        2 => chunks().prop_map(Act::IsFilled),
        3 => (1..9usize).prop_map(Act::Deletes),
        3 => (0..12usize, 0..6usize).prop_map(|(from, length)| Act::Selects(from, from + length)),
        6 => Just(Act::Submits),
        1 => Just(Act::IsInvalid),
        3 => proptest::sample::select(actions).prop_map(Act::Presses),
        1 => Just(Act::Receives(Answer::Accepted)),
        4 => facts().prop_map(|facts| Act::Receives(Answer::Refused(facts))),
        2 => facts().prop_map(|facts| Act::Receives(Answer::Sent(facts))),
        2 => Just(Act::Receives(Answer::Unreachable)),
        1 => facts().prop_map(Act::Reads),
        4 => (0..2 * MINUTE).prop_map(Act::Waits),
        1 => Just(Act::IsReleased),
        1 => any::<bool>().prop_map(Act::IsOnline),
        1 => Just(Act::Resets),
    ]
}

pub fn play(typist: &mut Typist, act: &Act) {
    match act {
        Act::Types(keys) => done(typist.types(keys)),
        Act::Pastes(text) => done(typist.pastes(text)),
        Act::Accepts(text) => done(typist.accepts(text)),
        Act::Composes(text) => done(typist.composes(text)),
        Act::IsFilled(text) => done(typist.is_filled(text)),
        Act::Deletes(times) => done(typist.deletes(*times)),
        Act::Selects(from, to) => {
            let end = typist.text.len();
            typist.selects((*from).min(end), (*to).min(end));
        }
        Act::Submits => done(typist.submits()),
        Act::IsInvalid => {
            let text = typist.text();
            typist.run(Event::Invalid(&text));
        }
        Act::Presses(action) => done(typist.presses(*action)),
        Act::Receives(answer) => done(typist.receives(answer.clone())),
        Act::Reads(facts) => done(typist.reads(facts.clone())),
        Act::Waits(span) => {
            typist.at = typist.at.saturating_add(*span);
            typist.run(Event::Tick);
        }
        Act::IsReleased => {
            typist.run(Event::Released);
        }
        Act::IsOnline(online) => {
            typist.run(Event::Online(*online));
        }
        Act::Resets => done(typist.resets()),
    }
}

fn done(_: &mut Typist) {}
