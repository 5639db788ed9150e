//! The table: what can be answered on each screen, and where each answer leads. A file for each subject.
//!
//! `guide/proof.rs` checks it when this crate is compiled.

mod authenticator;
mod came;
mod email;
mod locked;
mod lost;
mod menu;
mod number;
mod reading;
mod safety;
mod sms;
mod voice;

use super::Step;
use super::choice::Choice;

/// The most screens of a route, its last one included.
pub const MAX_SCREENS: usize = 5;

/// Every screen with its choices, in the order in which both are shown.
pub const FLOW: [(Step, &[Choice]); Step::ALL.len()] = {
    let subjects = [
        menu::SCREENS,
        number::SCREENS,
        sms::SCREENS,
        email::SCREENS,
        authenticator::SCREENS,
        voice::SCREENS,
        came::SCREENS,
        lost::SCREENS,
        safety::SCREENS,
        locked::SCREENS,
        reading::SCREENS,
    ];
    let mut flow: [(Step, &[Choice]); Step::ALL.len()] = [(Step::Entry, &[]); Step::ALL.len()];
    let mut at = 0;
    let mut subject = 0;
    while subject < subjects.len() {
        let screens = subjects[subject];
        let mut one = 0;
        while one < screens.len() {
            flow[at] = screens[one];
            at += 1;
            one += 1;
        }
        subject += 1;
    }
    flow
};
