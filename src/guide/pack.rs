//! The table as a page fetches it: [`FLOW`] in a few bytes a choice, made when this is compiled.
//!
//! A choice is four bytes: its name's place in [`NAMES`]; its screen; a flag (its number and one, 0 is
//! none) with [`NOT`] and [`FIRST`]; a way that there must be, or what it sends, below its group (each its
//! number and one, 0 is none). Behind a screen's last choice stands [`END`].

use super::flow::{Choice, FLOW, Group, Sends};
use super::{Flags, Step, Way, Ways, nth};

/// The name of every choice.
const NAMES: &str = "\
told sms mail app call error locked lost forgot backup unasked waiting setup words real landline \
right old unknown fix came send still yes no sim never number found unblocked hurry picture read \
refused old-phone logged-in gone in heard wrong expired often other checked-send false-page stolen \
none done cannot seen other-sheet enter self not-me opened unsure no-account entered fine mine \
unusual use code out next";

const END: u8 = 0xFF;
/// The flag must not hold.
const NOT: u8 = 0x20;
/// Only on the first screen of a walk.
const FIRST: u8 = 0x40;
/// Sends by this way.
const SENDS: u8 = 0x08;
/// Sends by the way that the page is waiting for.
const AGAIN: u8 = 0x0F;

const CHOICE: usize = 4;
const LENGTH: usize = {
    let mut length = FLOW.len();
    let mut at = 0;
    while at < FLOW.len() {
        length += FLOW[at].1.len() * CHOICE;
        at += 1;
    }
    length
};

static PACKED: [u8; LENGTH] = pack();

/// Where a screen's choices stand.
#[derive(Clone, Copy)]
pub(super) struct Choices(usize);

/// A choice, unpacked.
pub(super) struct Unpacked {
    pub name: &'static str,
    pub to: Option<Step>,
    pub all: Flags,
    pub none: Flags,
    pub ways: Ways,
    pub sends: Option<Sends>,
    pub group: Option<Group>,
}

impl Choices {
    pub fn of(step: Step) -> Choices {
        let mut before = step as u8;
        let mut at = 0;
        while before > 0 {
            // Skips a choice, or the mark behind the last one.
            if byte(at) == END {
                before -= 1;
                at += 1;
            } else {
                at += CHOICE;
            }
        }
        Choices(at)
    }

    #[inline(never)]
    pub fn next(&mut self) -> Option<Unpacked> {
        let Choices(at) = *self;
        if byte(at) == END {
            return None;
        }
        self.0 += CHOICE;
        let (when, rest) = (byte(at + 2), byte(at + 3));
        let flag = Flags((1u32 << (when & 0x1F) >> 1) as u16);
        let first = Flags::NONE.and_if(when & FIRST != 0, Flags::FIRST);
        let (all, none) = match when & NOT {
            0 => (first.and(flag), Flags::NONE),
            _ => (first, flag),
        };
        let how = rest & 0x0F;
        let way = Way::ALL.get(usize::from(how & 7).wrapping_sub(1)).copied();
        Some(Unpacked {
            name: nth(NAMES, usize::from(byte(at))),
            to: Step::ALL.get(usize::from(byte(at + 1))).copied(),
            all,
            none,
            ways: match way {
                Some(way) if how < SENDS => Ways::NONE.with(way),
                _ => Ways::NONE,
            },
            sends: match how {
                AGAIN => Some(Sends::Again),
                0..=SENDS => None,
                _ => way.map(Sends::By),
            },
            group: Group::ALL
                .get(usize::from(rest >> 4).wrapping_sub(1))
                .copied(),
        })
    }
}

fn byte(at: usize) -> u8 {
    PACKED.get(at).copied().unwrap_or(END)
}

const fn pack() -> [u8; LENGTH] {
    let mut packed = [END; LENGTH];
    let mut to = 0;
    let mut at = 0;
    while at < FLOW.len() {
        let choices = FLOW[at].1;
        let mut one = 0;
        while one < choices.len() {
            let choice = &choices[one];
            packed[to] = name(choice.name);
            packed[to + 1] = choice.to as u8;
            packed[to + 2] = when(choice);
            packed[to + 3] = rest(choice);
            to += CHOICE;
            one += 1;
        }
        to += 1;
        at += 1;
    }
    packed
}

/// The place of a name in [`NAMES`].
const fn name(name: &str) -> u8 {
    let (names, name) = (NAMES.as_bytes(), name.as_bytes());
    let mut place = 0;
    let mut at = 0;
    while at < names.len() {
        let mut length = 0;
        let mut same = true;
        while at + length < names.len() && names[at + length] != b' ' {
            same &= length < name.len() && names[at + length] == name[length];
            length += 1;
        }
        if same && length == name.len() {
            assert!(place < END, "too many names");
            return place;
        }
        place += 1;
        at += length + 1;
    }
    panic!("a choice's name is missing in NAMES")
}

const fn when(choice: &Choice) -> u8 {
    let (all, none) = (choice.when.all, choice.when.none);
    let first = all.has(Flags::FIRST);
    let all = all.without(Flags::FIRST);
    let flag = Flags(all.0 | none.0);
    assert!(
        flag.0.count_ones() <= 1,
        "a choice depends on one flag, besides being on the first screen"
    );
    (16 - flag.0.leading_zeros()) as u8
        | if none.0 != 0 { NOT } else { 0 }
        | if first { FIRST } else { 0 }
}

const fn rest(choice: &Choice) -> u8 {
    let ways = choice.when.ways.0;
    assert!(
        ways.count_ones() <= 1,
        "a choice depends on one way at most"
    );
    let how = match choice.sends {
        None => 8 - ways.leading_zeros() as u8,
        Some(sends) => {
            assert!(ways == 0, "what sends is shown where it can");
            match sends {
                Sends::Again => AGAIN,
                Sends::By(way) => SENDS | (way as u8 + 1),
            }
        }
    };
    assert!(how < SENDS || choice.sends.is_some());
    how | match choice.group {
        None => 0,
        Some(group) => (group as u8 + 1) << 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_packed_is_the_table() {
        for (step, choices) in FLOW {
            let mut packed = Choices::of(step);
            for choice in choices {
                let Unpacked {
                    name,
                    to,
                    all,
                    none,
                    ways,
                    sends,
                    group,
                } = packed.next().expect("a choice");
                let is = (name, to, all, none, ways, sends, group);
                let when = choice.when;
                let should = (
                    choice.name,
                    Some(choice.to),
                    when.all,
                    when.none,
                    when.ways,
                    choice.sends,
                    choice.group,
                );
                assert_eq!(is, should, "{step:?}");
            }
            assert!(packed.next().is_none(), "{step:?}");
        }
    }

    #[test]
    fn every_name_is_used() {
        for name in NAMES.split(' ') {
            let mut choices = FLOW.iter().flat_map(|(_, choices)| choices.iter());
            assert!(choices.any(|choice| choice.name == name), "{name}");
        }
    }
}
