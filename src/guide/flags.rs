//! The flags of a screen: for the conditions of choices, and for `@flag:` in words.

use crate::word_list::{nth, position};

/// A set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(pub(super) u32);

const FLAGS: &str = "\
registering sign-in landline lock-time free-mail carrier-mail first unasked resent resent-often \
few-tries incident alone ios android desktop no-ways expired fresh overdue waiting limited \
locked used by-sms by-email by-voice by-app by-backup notice can-send late";

impl Flags {
    /// Nothing.
    pub const NONE: Flags = Flags(0);
    /// A number or an address is being registered.
    pub const REGISTERING: Flags = Flags(1);
    /// The site says that this is a sign-in.
    pub const SIGN_IN: Flags = Flags(1 << 1);
    /// The number is a landline or a 050 number, which cannot receive an SMS.
    pub const LANDLINE: Flags = Flags(1 << 2);
    /// The end of a wait is known: of a lock or a limit, or of a long wait for another code.
    pub const LOCK_TIME: Flags = Flags(1 << 3);
    /// The address is known to be free mail (`guide/carrier_mail.rs`).
    pub const FREE_MAIL: Flags = Flags(1 << 4);
    /// The address is known to be carrier mail.
    pub const CARRIER_MAIL: Flags = Flags(1 << 5);
    /// The first screen of this route.
    pub const FIRST: Flags = Flags(1 << 6);
    /// The route came through `unasked-code`.
    pub const UNASKED: Flags = Flags(1 << 7);
    /// A code was sent again, once or more often.
    pub const RESENT: Flags = Flags(1 << 8);
    /// Codes were sent again twice or more often.
    pub const RESENT_OFTEN: Flags = Flags(1 << 9);
    /// One or two attempts are left.
    pub const FEW_TRIES: Flags = Flags(1 << 10);
    /// The site reports an outage.
    pub const INCIDENT: Flags = Flags(1 << 11);
    /// A guide without a field.
    pub const ALONE: Flags = Flags(1 << 12);
    /// The page is open on an iPhone or an iPad.
    pub const IOS: Flags = Flags(1 << 13);
    /// The page is open on an Android phone or tablet.
    pub const ANDROID: Flags = Flags(1 << 14);
    /// The page is open on a computer.
    pub const DESKTOP: Flags = Flags(1 << 15);
    /// A screen that lists methods, and has none left to list.
    pub const NO_METHODS: Flags = Flags(1 << 16);
    /// The code that was sent can no longer be used: its end is past.
    pub const EXPIRED: Flags = Flags(1 << 17);
    /// The code was sent so shortly ago that it may still arrive: up to two minutes, a mail up to five.
    pub const FRESH: Flags = Flags(1 << 18);
    /// The code was sent longer ago than that.
    pub const OVERDUE: Flags = Flags(1 << 19);
    /// No code can be sent by the channel until a known time.
    pub const WAITING: Flags = Flags(1 << 20);
    /// The last request was refused because there were too many.
    pub const LIMITED: Flags = Flags(1 << 21);
    /// The code step is locked.
    pub const LOCKED: Flags = Flags(1 << 22);
    /// The last code was refused because it had been used or replaced.
    pub const USED: Flags = Flags(1 << 23);
    /// The screen is about a text message, or the code comes as one.
    pub const BY_SMS: Flags = Flags(1 << 24);
    /// The screen is about a mail, or the code comes as one.
    pub const BY_EMAIL: Flags = Flags(1 << 25);
    /// The screen is about a call, or the code comes as one.
    pub const BY_VOICE: Flags = Flags(1 << 26);
    /// The screen is about an authenticator app, or the code is in one.
    pub const BY_APP: Flags = Flags(1 << 27);
    /// The screen is about a backup code, or the page waits for one.
    pub const BY_BACKUP: Flags = Flags(1 << 28);
    /// The site gives the address of its notices.
    pub const NOTICE: Flags = Flags(1 << 29);
    /// The page can send one more code by its channel now.
    pub const CAN_SEND: Flags = Flags(1 << 30);
    /// The fourth screen of this route or a later one: one more may follow.
    pub const LATE: Flags = Flags(1 << 31);

    /// The flags that follow from the route, not from facts.
    pub const OF_ROUTE: Flags = Flags::FIRST
        .union(Flags::UNASKED)
        .union(Flags::NO_METHODS)
        .union(Flags::LATE)
        .union(Flags::OF_METHOD);

    /// The flags of the method that a screen is about.
    pub const OF_METHOD: Flags = Flags::BY_SMS
        .union(Flags::BY_EMAIL)
        .union(Flags::BY_VOICE)
        .union(Flags::BY_APP)
        .union(Flags::BY_BACKUP);

    /// The flags that a later minute or the next answer of the site may change. They decide about sentences, about what
    /// is sent and about choices after which nothing more is answered, never about one that leads on: a replay would stop at
    /// it (`guide/proof.rs`).
    pub const OF_THE_MOMENT: Flags = Flags::EXPIRED
        .union(Flags::FRESH)
        .union(Flags::OVERDUE)
        .union(Flags::WAITING)
        .union(Flags::RESENT)
        .union(Flags::RESENT_OFTEN)
        .union(Flags::FEW_TRIES)
        .union(Flags::CAN_SEND);

    /// The flags of the message that was sent last.
    pub(super) const OF_THE_MESSAGE: Flags = Flags::EXPIRED
        .union(Flags::FRESH)
        .union(Flags::OVERDUE)
        .union(Flags::RESENT)
        .union(Flags::RESENT_OFTEN);

    /// Union.
    #[must_use]
    pub const fn union(self, those: Flags) -> Flags {
        Flags(self.0 | those.0)
    }

    /// Difference.
    #[must_use]
    pub const fn difference(self, those: Flags) -> Flags {
        Flags(self.0 & !those.0)
    }

    /// Union, if `on`.
    #[must_use]
    pub const fn union_if(self, on: bool, those: Flags) -> Flags {
        if on { self.union(those) } else { self }
    }

    /// Whether all of `those` are set.
    pub const fn contains(self, those: Flags) -> bool {
        self.0 & those.0 == those.0
    }

    /// Whether one of `those` is set.
    pub const fn intersects(self, those: Flags) -> bool {
        self.0 & those.0 != 0
    }

    /// The flag of a name; [`Flags::NONE`] for any other word.
    pub fn from_name(name: &str) -> Flags {
        let bit = position(FLAGS, name).and_then(|at| 1u32.checked_shl(at as u32));
        Flags(bit.unwrap_or(0))
    }

    /// The names of the flags that are set, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let mut left = self.0;
        core::iter::from_fn(move || {
            let bit = left.trailing_zeros();
            left &= left.wrapping_sub(1);
            (bit < u32::BITS).then(|| nth(FLAGS, bit as usize))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flag_has_a_name_of_its_own() {
        let names: alloc::vec::Vec<_> = Flags(u32::MAX).names().collect();
        assert_eq!(names, FLAGS.split(' ').collect::<alloc::vec::Vec<_>>());
        for (bit, name) in names.iter().enumerate() {
            assert_eq!(Flags::from_name(name), Flags(1 << bit), "{name}");
        }
        assert_eq!(names.len(), 32);
        assert_eq!(Flags::from_name("nothing"), Flags::NONE);
        assert_eq!(Flags::NONE.names().count(), 0);
    }

    #[test]
    fn flags_are_named() {
        let flags = Flags::REGISTERING.union(Flags::FIRST).union(Flags::LATE);
        let names: alloc::vec::Vec<_> = flags.names().collect();
        assert_eq!(names, ["registering", "first", "late"]);
    }
}
