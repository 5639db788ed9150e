//! Carrier mail: addresses of phone companies, whose mailboxes refuse some mail by default.

use super::Flags;
use crate::word_list::take_until;

/// The domains under which Japanese phone companies give out addresses; some have one for each region
/// (`t.vodafone.ne.jp`).
const CARRIERS: &str = "docomo.ne.jp au.com ezweb.ne.jp uqmobile.jp softbank.jp softbank.ne.jp \
                        vodafone.ne.jp ymobile1.ne.jp ymobile.ne.jp y-mobile.ne.jp rakumail.jp";

impl Flags {
    /// [`Flags::CARRIER_MAIL`] or [`Flags::FREE_MAIL`], by the domain of a (masked) address; nothing for
    /// what is no address, or hides its domain.
    pub fn of_mail(destination: &str) -> Flags {
        let Some(at) = destination.bytes().rposition(|byte| byte == b'@') else {
            return Flags::NONE;
        };
        let domain = destination.get(at + 1..).unwrap_or_default();
        // Nothing is known of a domain that is masked.
        let mut dotted = false;
        for byte in domain.bytes() {
            match byte {
                b'.' => dotted = true,
                b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {}
                _ => return Flags::NONE,
            }
        }
        if !dotted {
            return Flags::NONE;
        }
        let mut rest = CARRIERS;
        while !rest.is_empty() {
            let carrier = take_until(&mut rest, b' ');
            let region = domain.len().wrapping_sub(carrier.len());
            let ends = domain
                .get(region..)
                .is_some_and(|end| end.eq_ignore_ascii_case(carrier));
            let whole = region == 0 || domain.as_bytes().get(region.wrapping_sub(1)) == Some(&b'.');
            if ends && whole {
                return Flags::CARRIER_MAIL;
            }
        }
        Flags::FREE_MAIL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carrier_address_is_known_by_its_domain() {
        for (destination, flags) in [
            ("h***@docomo.ne.jp", Flags::CARRIER_MAIL),
            ("h•••@DOCOMO.NE.JP", Flags::CARRIER_MAIL),
            ("h***@t.vodafone.ne.jp", Flags::CARRIER_MAIL),
            ("h***@i.softbank.jp", Flags::CARRIER_MAIL),
            ("h***@au.com", Flags::CARRIER_MAIL),
            ("h***@mail.example", Flags::FREE_MAIL),
            ("h***@notdocomo.ne.jp", Flags::FREE_MAIL),
            ("h***@docomo.ne.jp.example", Flags::FREE_MAIL),
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
