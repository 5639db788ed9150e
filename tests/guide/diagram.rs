//! `docs/flow.md`: the whole graph, drawn from the table.

use std::fs;
use std::path::Path;

use todoita::cause::Cause;
use todoita::guide::{FLOW, Sends, start};

use super::*;

const HEAD: &str = "\
# The guide's flow

Drawn from `src/guide/flow/` and `src/guide/entry_point.rs` by a test; not to be edited. When the table changes:

    TODOITA_WRITE=1 cargo test --test guide flow

Each box is a screen; at most five of them are on any route, the round ones included, which end it. An arrow
has the name of the answer, in brackets when it is shown, and `*` where it also sends one new code. Not drawn: from
every screen, back to the code, to the other methods, to support and to the menu; and to `someone-asks`, a new start, from
all but five.

## Where it opens

";

/// The content of the file.
fn flow() -> String {
    let mut text = HEAD.to_owned();
    text += &starts();
    text += "\n## Routes\n\n```mermaid\nflowchart LR\n";
    for (step, choices) in FLOW {
        let name = step.as_str();
        let (open, close) = match step {
            _ if step.is_end() => ("([", "])"),
            Step::Entry => ("{{", "}}"),
            _ => ("[", "]"),
        };
        text += &format!("  {name}{open}\"{name}\"{close}\n");
        for choice in choices {
            text += &format!(
                "  {name} -->|\"{}\"| {}\n",
                label(choice),
                choice.to.as_str()
            );
        }
    }
    text += "```\n";
    text
}

fn label(choice: &todoita::guide::Choice) -> String {
    let mut label = choice.name.to_owned();
    match choice.sends {
        Some(Sends::By(RecoveryMethod::Backup)) | None => {}
        Some(_) => label.push('*'),
    }
    let when = choice.when;
    let mut conditions: Vec<String> = when.all.names().map(str::to_owned).collect();
    conditions.extend(when.none.names().map(|name| format!("not {name}")));
    let methods = RecoveryMethod::ALL
        .into_iter()
        .filter(|method| when.methods.contains(*method));
    conditions.extend(methods.map(|method| format!("the site has {}", method.as_str())));
    if !conditions.is_empty() {
        label += &format!(" [{}]", conditions.join(", "));
    }
    label
}

fn starts() -> String {
    let channels = [
        Some(RecoveryMethod::Sms),
        Some(RecoveryMethod::Email),
        Some(RecoveryMethod::Voice),
        Some(RecoveryMethod::App),
        Some(RecoveryMethod::Backup),
        None,
    ];
    let mut rows: Vec<(String, Option<Trouble>, Flags)> =
        vec![("nothing yet".to_owned(), None, Flags::NONE)];
    rows.push((
        "nothing yet, and the site reports an outage".to_owned(),
        None,
        Flags::INCIDENT,
    ));
    rows.push((
        "nothing yet, and the code has run out".to_owned(),
        None,
        Flags::EXPIRED,
    ));
    for cause in Cause::ALL {
        let trouble = Some(Trouble::Refused(cause));
        let name = format!("`{}`", cause.as_str());
        if cause == Cause::Locked {
            rows.push((
                format!("{name}, until a known time"),
                trouble,
                Flags::LOCK_TIME,
            ));
        }
        rows.push((name, trouble, Flags::NONE));
    }
    rows.push((
        "no answer".to_owned(),
        Some(Trouble::Unreachable),
        Flags::NONE,
    ));
    rows.push((
        "a code not asked for".to_owned(),
        Some(Trouble::Unexpected),
        Flags::NONE,
    ));
    let mut table = "| what happened |".to_owned();
    for channel in channels {
        table += &format!(
            " {} |",
            channel.map_or("no channel known", RecoveryMethod::as_str)
        );
    }
    table += &format!("\n|{}\n", "---|".repeat(channels.len() + 1));
    for (name, trouble, flags) in rows {
        table += &format!("| {name} |");
        for channel in channels {
            let context = GuideContext {
                channel,
                trouble,
                destination: true,
                flags,
                ..GuideContext::default()
            };
            table += &format!(" {} |", start(&context).as_str());
        }
        table.push('\n');
    }
    table
}

#[test]
fn flow_is_drawn() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/flow.md");
    let flow = flow();
    if std::env::var_os("TODOITA_WRITE").is_some() {
        fs::write(&path, &flow).expect("docs/flow.md can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == flow,
        "docs/flow.md is stale: TODOITA_WRITE=1 cargo test --test guide flow"
    );
}
