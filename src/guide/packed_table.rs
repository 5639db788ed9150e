//! The table as a page fetches it: [`FLOW`] in a few bytes a choice, made when this is compiled.
//!
//! A choice is four bytes: its name's place in [`NAMES`]; its screen; its condition's place in [`CONDITIONS`]; and a byte
//! whose upper half is the group, its lower half the required method or the action (each its number plus one, 0 for
//! none). [`END`] follows a screen's last choice.

use super::choice::{Choice, Group, Sends};
use super::flow::FLOW;
use super::{Flags, Step};
use crate::channel::{RecoveryMethod, RecoveryMethods};
use crate::word_list::nth;

/// The name of every choice.
const NAMES: &str = "\
asked link told sms mail app call came error locked lost whose forgot backup unasked waiting \
setup words real old family others died landline unknown send logged-in stolen other changed \
none support right not-here fix fixed still yes no dead two data number found unblocked wait \
elsewhere picture read refused slow empty never sheet gone in silent unclear heard stranger \
where restarts sign-up off mine wrong expired often blank newest late false-page check old-phone \
done cannot seen other-sheet enter safe entered nothing own self not-me opened unsure no-account \
fine locked-out unusual use repair code out next";

const END: u8 = 0xFF;
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

/// The flags that must be set, and those that must not: each pair once. The first is no condition.
static CONDITIONS: [(Flags, Flags); CONDITION_COUNT] = {
    let mut conditions = [(Flags::NONE, Flags::NONE); CONDITION_COUNT];
    let (all, _) = ALL_CONDITIONS;
    let mut at = 0;
    while at < CONDITION_COUNT {
        conditions[at] = all[at];
        at += 1;
    }
    conditions
};
const CONDITION_COUNT: usize = ALL_CONDITIONS.1;
/// The conditions of the table, and how many there are.
const ALL_CONDITIONS: ([(Flags, Flags); 64], usize) = {
    let mut all = [(Flags::NONE, Flags::NONE); 64];
    let mut count = 1;
    let mut at = 0;
    while at < FLOW.len() {
        let choices = FLOW[at].1;
        let mut one = 0;
        while one < choices.len() {
            let when = &choices[one].when;
            if place_of(&all, count, when.all, when.none) == count {
                all[count] = (when.all, when.none);
                count += 1;
            }
            one += 1;
        }
        at += 1;
    }
    (all, count)
};

/// The place of a condition; `count` where it is not there.
const fn place_of(all: &[(Flags, Flags); 64], count: usize, yes: Flags, no: Flags) -> usize {
    let mut at = 0;
    while at < count && (all[at].0.0 != yes.0 || all[at].1.0 != no.0) {
        at += 1;
    }
    at
}

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
        let condition = CONDITIONS.get(usize::from(byte(self.0 + 2)));
        let (all, none) = condition.copied().unwrap_or_default();
        let how = self.how();
        flags.contains(all)
            && !flags.intersects(none)
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

    /// The method that there must be.
    pub fn method(self) -> Option<RecoveryMethod> {
        let how = self.how();
        RecoveryMethod::ALL
            .get(usize::from(how).wrapping_sub(1))
            .copied()
            .filter(|_| how <= SENDS)
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
    let (all, count) = ALL_CONDITIONS;
    place_of(&all, count, choice.when.all, choice.when.none) as u8
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
                // Each flag alone, all but each, and those that the choice asks for with each.
                let ones = (0..32).map(|bit| Flags(1 << bit));
                let many = ones.clone().flat_map(|one| {
                    [
                        one,
                        Flags(!one.0),
                        when.all.union(one),
                        when.all.difference(one),
                    ]
                });
                for flags in many.chain([Flags::NONE, Flags(u32::MAX)]) {
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
