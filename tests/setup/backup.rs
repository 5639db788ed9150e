//! `<todoita-backup-codes>`: the file and the notices.

use todoita::setup::Word;
use todoita::setup::backup::{Event, State, file};

#[test]
fn the_file_has_the_codes_between_its_head_and_its_notes() {
    let lines = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let text = file(
        &lines(&["Backup codes for Example", "", "Made on: 22 November 2026"]),
        &lines(&["48291304", "11820473"]),
        &lines(&["Each code works once."]),
    );
    assert_eq!(
        text,
        "Backup codes for Example\r\nMade on: 22 November 2026\r\n\r\n48291304\r\n11820473\r\n\r\nEach code works once.\r\n"
    );
}

#[test]
fn each_event_has_its_notice() {
    let mut state = State::default();
    assert_eq!(state.view(), None);
    for (event, notice) in [
        (Event::Copied(true), Some(Word::Copied)),
        (Event::Copied(false), Some(Word::NotCopied)),
        (Event::Downloaded, Some(Word::BackupDownloaded)),
        (Event::Kept, None),
    ] {
        state.update(event);
        assert_eq!(state.view(), notice);
    }
}
