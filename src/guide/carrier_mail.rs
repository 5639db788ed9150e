//! The kind of a mailbox by its domain: those of mobile providers refuse some mail by default, free ones have no such setting.

use super::Flags;
use crate::word_list::take_until;

/// The domains under which Japanese mobile providers give out addresses; some have one for each region
/// (`t.vodafone.ne.jp`).
const CARRIERS: &str = "docomo.ne.jp au.com ezweb.ne.jp uqmobile.jp softbank.jp softbank.ne.jp \
                        vodafone.ne.jp ymobile1.ne.jp ymobile.ne.jp y-mobile.ne.jp rakumail.jp";

/// The domains of free mail that are common in Japan.
const FREE: &str = "gmail.com googlemail.com yahoo.co.jp ymail.ne.jp yahoo.com outlook.jp outlook.com hotmail.co.jp \
                    hotmail.com live.jp live.com msn.com icloud.com me.com mac.com aol.com proton.me protonmail.com";

impl Flags {
    /// [`Flags::CARRIER_MAIL`] or [`Flags::FREE_MAIL`], by the domain of a (masked) address; nothing for
    /// any other domain (a company's, a school's, a provider's), for one that is masked, and for what is no address.
    pub fn of_mail(destination: &str) -> Flags {
        let Some(at) = destination.bytes().rposition(|byte| byte == b'@') else {
            return Flags::NONE;
        };
        let domain = destination.get(at + 1..).unwrap_or_default();
        Flags::NONE
            .union_if(is_under(domain, CARRIERS), Flags::CARRIER_MAIL)
            .union_if(is_under(domain, FREE), Flags::FREE_MAIL)
    }
}

/// Whether a domain is one of a list, or under one.
fn is_under(domain: &str, mut list: &'static str) -> bool {
    while !list.is_empty() {
        let known = take_until(&mut list, b' ');
        let region = domain.len().wrapping_sub(known.len());
        let ends = domain
            .get(region..)
            .is_some_and(|end| end.eq_ignore_ascii_case(known));
        if ends && (region == 0 || domain.as_bytes().get(region.wrapping_sub(1)) == Some(&b'.')) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carrier_mail_and_free_mail_are_known_by_their_domains() {
        for (destination, flags) in [
            ("h***@docomo.ne.jp", Flags::CARRIER_MAIL),
            ("h•••@DOCOMO.NE.JP", Flags::CARRIER_MAIL),
            ("h***@t.vodafone.ne.jp", Flags::CARRIER_MAIL),
            ("h***@i.softbank.jp", Flags::CARRIER_MAIL),
            ("h***@au.com", Flags::CARRIER_MAIL),
            ("h***@gmail.com", Flags::FREE_MAIL),
            ("h***@Yahoo.co.jp", Flags::FREE_MAIL),
            // Of a company or a school nothing is known.
            ("h***@mail.example", Flags::NONE),
            ("h***@notgmail.com", Flags::NONE),
            ("h***@notdocomo.ne.jp", Flags::NONE),
            ("h***@docomo.ne.jp.example", Flags::NONE),
            ("h***@", Flags::NONE),
            ("h***@d****.ne.jp", Flags::NONE),
            ("h***@localhost", Flags::NONE),
            ("5678", Flags::NONE),
            ("", Flags::NONE),
        ] {
            assert_eq!(Flags::of_mail(destination), flags, "{destination}");
        }
    }
}
