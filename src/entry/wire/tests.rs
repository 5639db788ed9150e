use super::*;

fn run(state: &mut State, event: &[&str]) -> String {
    update(state, 0, &event.join("\u{1F}"))
}

#[test]
fn a_pasted_message_crosses_whole() {
    let mut state = state(
        &[
            "6",
            "8",
            "digits",
            "",
            "1",
            "",
            "",
            "1",
            "",
            "1",
            "example.com",
        ]
        .join("\u{1F}"),
    );
    let message = "認証コード\n４８２９１３";
    assert_eq!(
        run(&mut state, &["insert", "12", message, "", "1"]),
        "prevent\nreplace 1 0 482913"
    );
    assert_eq!(
        run(&mut state, &["changed", "482913"]),
        "dispatch input code\ndispatch complete code"
    );
    assert_eq!(run(&mut state, &["submit", "482913", ""]), "send  482913");
    let lines = view(&state);
    assert!(lines.contains("\u{1F}state busy\n"), "{lines}");
    for line in ["busy", "method voice way-voice", "method backup way-backup"] {
        assert!(
            lines.lines().any(|other| other == line),
            "{line} in {lines}"
        );
    }
}

#[test]
fn facts_cross_with_what_is_missing() {
    let mut state = state("");
    let sent = [
        "facts",
        "1795000005000",
        "sms",
        "5678",
        "1795000000000",
        "1795000600000",
        "",
        "7",
        "NaN",
        "",
    ];
    assert_eq!(run(&mut state, &sent), "");
    let lines = view(&state);
    assert!(lines.contains("text sent sent-sms\n"), "{lines}");
    assert!(
        lines.contains("time times expires-in span-minutes 10 99"),
        "{lines}"
    );
    assert!(lines.contains("n 7\n"), "{lines}");
    assert!(!lines.lines().any(|line| line == "resend"), "{lines}");
    let facts = [
        "1795000005000",
        "sms",
        "5678",
        "1795000000000",
        "1795000600000",
        "",
        "7",
        "",
        "",
        "",
        "0",
        "state ready\n",
    ];
    assert!(lines.starts_with(&facts.join("\u{1F}")), "{lines}");
    run(&mut state, &["unreachable"]);
    assert!(view(&state).contains("\u{1F}unreachable\u{1F}"));
}

#[test]
fn numbers_are_read_and_written() {
    for n in [0, 7, 10, 1_000, 30_001, u64::MAX] {
        let mut lines = Lines::default();
        lines.digits(n);
        assert_eq!(Values(&lines.0).number(), Some(n));
    }
    for text in ["", "x", "-1", "NaN"] {
        assert_eq!(Values(text).number(), None, "{text}");
    }
    assert_eq!(Values("1500.75").number(), Some(1500));
    assert_eq!(Values("99999999999").count(), Some(u32::MAX));
}
