//! The table as a page fetches it: [`FLOW`] in a few bytes a choice, made when this is compiled.
//!
//! A choice is four bytes: its name's place in [`NAMES`]; its screen; a flag (its number and one, 0 is
//! none) with [`NOT`] and [`FIRST`]; a method that there must be, or what it sends, below its group (each its
//! number and one, 0 is none). [`END`] follows a screen's last choice.

use super::choice::{Choice, Group, Sends};
use super::flow::FLOW;
use super::{Flags, Step};
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::word_list::nth;

/// The name of every choice.
const NAMES: &str = "\
gave sms mail app call error locked lost forgot backup unasked waiting setup words real landline \
right old unknown fix fixed came send still yes no sim never number found unblocked hurry picture read \
refused old-phone logged-in gone in wrong expired often other checked-send false-page stolen \
none done cannot seen other-sheet enter self not-me opened unsure no-account entered fine mine \
unusual use code out next";

const END: u8 = 0xFF;
/// The flag must not hold.
const NOT: u8 = 0x20;
/// Only on the first screen of a route.
const FIRST: u8 = 0x40;
/// Sends by this method.
const SENDS: u8 = 0x08;
/// Sends by the method that the page is waiting for.
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

/// A choice, as it is packed.
#[derive(Clone, Copy)]
pub(super) struct Packed(usize);

impl Packed {
    /// A screen's first choice.
    pub fn first(step: Step) -> Packed {
        let mut before = step as u8;
        let mut at = 0;
        while before > 0 {
            // Skips a choice, or the end of a screen.
            if byte(at) == END {
                before -= 1;
                at += 1;
            } else {
                at += CHOICE;
            }
        }
        Packed(at)
    }

    /// The next one.
    pub fn next(self) -> Packed {
        Packed(self.0 + CHOICE)
    }

    /// Whether the screen has no more choices.
    pub fn is_end(self) -> bool {
        byte(self.0) == END
    }

    pub fn name(self) -> &'static str {
        nth(NAMES, usize::from(byte(self.0)))
    }

    pub fn to(self) -> Option<Step> {
        Step::ALL.get(usize::from(byte(self.0 + 1))).copied()
    }

    /// Whether it is shown with these flags and these methods.
    pub fn fits(self, flags: Flags, there: RecoveryMethods) -> bool {
        let when = byte(self.0 + 2);
        let flag = Flags((1u32 << (when & 0x1F) >> 1) as u16);
        let wanted = when & NOT == 0;
        let how = self.how();
        (flag == Flags::NONE || flags.contains(flag) == wanted)
            && (when & FIRST == 0 || flags.contains(Flags::FIRST))
            && (how == 0 || how > SENDS || u16::from(there.0) << 1 >> how & 1 != 0)
    }

    pub fn sends(self) -> Option<Sends> {
        match self.how() {
            AGAIN => Some(Sends::Again),
            0..=SENDS => None,
            how => {
                let method = RecoveryMethod::ALL
                    .get(usize::from(how - SENDS - 1))
                    .copied();
                method.map(Sends::By)
            }
        }
    }

    pub fn group(self) -> Option<Group> {
        let group = usize::from(byte(self.0 + 3) >> 4);
        Group::ALL.get(group.wrapping_sub(1)).copied()
    }

    fn how(self) -> u8 {
        byte(self.0 + 3) & 0x0F
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
    let first = all.contains(Flags::FIRST);
    let all = all.difference(Flags::FIRST);
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
    let methods = choice.when.methods.0;
    assert!(
        methods.count_ones() <= 1,
        "a choice depends on one method at most"
    );
    let how = match choice.sends {
        None => 8 - methods.leading_zeros() as u8,
        Some(sends) => {
            assert!(methods == 0, "what sends is shown where it can");
            match sends {
                Sends::Again => AGAIN,
                Sends::By(method) => SENDS | (method as u8 + 1),
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
    fn the_packed_table_equals_the_table() {
        for (step, choices) in FLOW {
            let mut packed = Packed::first(step);
            for choice in choices {
                assert!(!packed.is_end(), "{step:?}");
                let is = (packed.name(), packed.to(), packed.sends(), packed.group());
                let should = (choice.name, Some(choice.to), choice.sends, choice.group);
                assert_eq!(is, should, "{step:?}");
                let when = choice.when;
                for flags in 0..=u16::MAX {
                    let flags = Flags(flags);
                    let fits = flags.contains(when.all) && !flags.intersects(when.none);
                    assert_eq!(packed.fits(flags, when.methods), fits, "{step:?} {flags:?}");
                }
                for methods in 0..=u8::MAX {
                    let fits = RecoveryMethods(methods).is_superset(when.methods);
                    assert_eq!(
                        packed.fits(when.all, RecoveryMethods(methods)),
                        fits,
                        "{step:?} {methods}"
                    );
                }
                packed = packed.next();
            }
            assert!(packed.is_end(), "{step:?}");
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
