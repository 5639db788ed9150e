//! Checks of the table when this crate is compiled: each screen is at its own place, always has a choice,
//! and one for people whom it did not help; and every route from every screen ends within
//! [`MAX_SCREENS`], which no cycle could.

use super::choice::Choice;
use super::flow::{FLOW, MAX_SCREENS};
use super::{Flags, Step};

const EVERY: Flags = Flags(u32::MAX);

/// A table as [`FLOW`] is one.
type Table = [(Step, &'static [Choice]); FLOW.len()];

const _: () = {
    assert!(in_order(&FLOW), "each screen is at its own place");
    assert!(
        always_a_choice(&FLOW),
        "a screen may be left without a choice"
    );
    assert!(
        always_a_choice_if_it_did_not_help(&FLOW),
        "a screen has no choice for whom it did not help"
    );
    assert!(
        nothing_of_the_moment_leads_on(&FLOW),
        "a choice that leads on comes and goes with the moment"
    );
    assert!(
        every_route_ends(&FLOW),
        "a route goes in a circle, or beyond MAX_SCREENS"
    );
};

const fn in_order(flow: &Table) -> bool {
    let mut at = 0;
    while at < flow.len() {
        if flow[at].0 as usize != at || flow[at].0.is_end() != flow[at].1.is_empty() {
            return false;
        }
        at += 1;
    }
    true
}

const fn always_a_choice(flow: &Table) -> bool {
    let mut at = 0;
    while at < flow.len() {
        let (step, choices) = flow[at];
        let mut kept = step.is_end();
        let mut one = 0;
        while one < choices.len() {
            kept |= is_always(&choices[one]);
            one += 1;
        }
        if !kept {
            return false;
        }
        at += 1;
    }
    true
}

/// The glossary needs none: it offers no remedy.
const fn always_a_choice_if_it_did_not_help(flow: &Table) -> bool {
    let mut at = 0;
    while at < flow.len() {
        let (step, choices) = flow[at];
        let mut kept = step.is_end() || matches!(step, Step::Glossary);
        let mut one = 0;
        while one < choices.len() {
            let a = &choices[one];
            let mut other = one;
            while other < choices.len() {
                let b = &choices[other];
                if !a.to.is_close() && !b.to.is_close() {
                    kept |= is_always(a) || are_opposites(a, b);
                }
                other += 1;
            }
            one += 1;
        }
        if !kept {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether no choice that leads on depends on a flag that the next minute may change.
const fn nothing_of_the_moment_leads_on(flow: &Table) -> bool {
    let mut at = 0;
    while at < flow.len() {
        let choices = flow[at].1;
        let mut one = 0;
        while one < choices.len() {
            let Choice {
                to, when, sends, ..
            } = choices[one];
            let depends = when.all.union(when.none).intersects(Flags::OF_THE_MOMENT);
            if depends && sends.is_none() && !to.is_close() && !to.is_end() {
                return false;
            }
            one += 1;
        }
        at += 1;
    }
    true
}

/// Whether one of the two is always shown: what one asks for is all that the other refuses.
const fn are_opposites(a: &Choice, b: &Choice) -> bool {
    let (yes, no) = if a.when.all.intersects(EVERY) {
        (a, b)
    } else {
        (b, a)
    };
    yes.when.all.0 == no.when.none.0
        && yes.when.all.0.count_ones() == 1
        && no.when.all.0 == 0
        && yes.when.none.0 == 0
        && yes.when.methods.is_empty()
        && no.when.methods.is_empty()
        && yes.sends.is_none()
        && no.sends.is_none()
}

/// From the last screen that is allowed back to the first: whether each choice that can be shown as the
/// n-th screen leads to one that ends well as the next. The proof follows the facts that the route decides (the first
/// screen, a late one, one behind `unasked-code`); conditions on what the page knows are taken as met,
/// so that every pairing of them is covered.
const fn every_route_ends(flow: &Table) -> bool {
    // Beyond the last screen, only a close. In the second half: behind `unasked-code`.
    let mut well = [[false; FLOW.len()]; 2];
    let mut at = 0;
    while at < flow.len() {
        well[0][at] = flow[at].0.is_close();
        well[1][at] = flow[at].0.is_close();
        at += 1;
    }
    let mut nth = MAX_SCREENS;
    while nth > 0 {
        let mut here = [[false; FLOW.len()]; 2];
        let mut at = 0;
        while at < flow.len() {
            let (step, choices) = flow[at];
            let before = !matches!(step, Step::UnaskedCode);
            here[0][at] = ends_well(choices, nth, !before, &well);
            here[1][at] = ends_well(choices, nth, true, &well);
            at += 1;
        }
        well = here;
        nth -= 1;
    }
    let mut all = true;
    let mut at = 0;
    while at < flow.len() {
        all &= well[0][at];
        at += 1;
    }
    all
}

const fn ends_well(
    choices: &[Choice],
    nth: usize,
    unasked: bool,
    next: &[[bool; FLOW.len()]; 2],
) -> bool {
    let yes = Flags::NONE
        .union_if(nth == 1, Flags::FIRST)
        .union_if(unasked, Flags::UNASKED)
        .union_if(nth + 1 >= MAX_SCREENS, Flags::LATE);
    let decided = Flags::FIRST.union(Flags::UNASKED).union(Flags::LATE);
    let no = Flags(decided.0 & !yes.0);
    let mut one = 0;
    while one < choices.len() {
        let Choice { to, when, .. } = &choices[one];
        let shown = !when.all.intersects(no) && !when.none.intersects(yes);
        if shown && !next[unasked as usize][*to as usize] {
            return false;
        }
        one += 1;
    }
    true
}

/// Whether a choice is always shown.
const fn is_always(choice: &Choice) -> bool {
    !choice.when.all.intersects(EVERY)
        && !choice.when.none.intersects(EVERY)
        && choice.when.methods.is_empty()
        && choice.sends.is_none()
}

#[cfg(test)]
mod tests {
    use super::super::choice::{Sends, go};
    use super::*;
    use crate::channel::{RecoveryMethod, RecoveryMethods};

    /// A table in which these screens have these choices, and every other one leads to the code.
    fn with(screens: &[(Step, &'static [Choice])]) -> Table {
        const HOME: [Choice; 2] = [go("one", Step::BackToCode), go("two", Step::OtherWay)];
        let mut table = FLOW;
        for (step, choices) in &mut table {
            *choices = if step.is_end() { &[] } else { &HOME };
        }
        for (step, choices) in screens {
            table[*step as usize].1 = choices;
        }
        table
    }

    fn has_a_way_on(choices: &'static [Choice]) -> bool {
        always_a_choice_if_it_did_not_help(&with(&[(Step::Entry, choices)]))
    }

    #[test]
    fn a_screen_is_at_its_own_index_and_an_end_has_no_choice() {
        assert!(in_order(&with(&[])));
        let mut table = with(&[]);
        table.swap(0, 1);
        assert!(!in_order(&table));
        assert!(!in_order(&with(&[(Step::Entry, &[])])));
        const ON: [Choice; 1] = [go("on", Step::Done)];
        assert!(!in_order(&with(&[(Step::Support, &ON)])));
    }

    #[test]
    fn a_screen_that_may_be_left_without_a_choice_is_found() {
        const SOME: [Choice; 3] = [
            go("if", Step::Done).when(Flags::IOS),
            go("unless", Step::Done).unless(Flags::ANDROID),
            go("way", Step::Done).method(RecoveryMethod::Key),
        ];
        const SENT: [Choice; 1] = [go("sent", Step::Done).sends(Sends::Again)];
        assert!(always_a_choice(&with(&[])));
        assert!(!always_a_choice(&with(&[(Step::Entry, &SOME)])));
        assert!(!always_a_choice(&with(&[(Step::Entry, &SENT)])));
    }

    #[test]
    fn a_screen_without_a_way_on_is_found() {
        assert!(always_a_choice_if_it_did_not_help(&with(&[])));
        assert!(!has_a_way_on(const { &[go("closed", Step::Done)] }));
        assert!(!has_a_way_on(
            const {
                &[
                    go("closed", Step::Done),
                    go("if", Step::Support).when(Flags::IOS),
                ]
            }
        ));
        assert!(has_a_way_on(
            const {
                &[
                    go("if", Step::Support).when(Flags::IOS),
                    go("else", Step::Support).unless(Flags::IOS),
                ]
            }
        ));
        assert!(has_a_way_on(
            const {
                &[
                    go("else", Step::Support).unless(Flags::IOS),
                    go("if", Step::Support).when(Flags::IOS),
                ]
            }
        ));
    }

    #[test]
    fn a_choice_that_leads_on_and_goes_with_the_moment_is_found() {
        let holds = |choices| nothing_of_the_moment_leads_on(&with(&[(Step::Entry, choices)]));
        assert!(!holds(
            const { &[go("on", Step::CodeLate).when(Flags::RESENT)] }
        ));
        assert!(!holds(
            const { &[go("on", Step::CodeLate).unless(Flags::WAITING)] }
        ));
        assert!(holds(
            const {
                &[
                    go("on", Step::CodeLate).when(Flags::IOS),
                    go("close", Step::Done).when(Flags::RESENT),
                    go("end", Step::OtherWay).when(Flags::FEW_TRIES),
                ]
            }
        ));
    }

    #[test]
    fn two_choices_are_opposites_only_by_one_flag_and_nothing_else() {
        let yes = go("yes", Step::Support).when(Flags::IOS);
        let no = go("no", Step::Support).unless(Flags::IOS);
        assert!(are_opposites(&yes, &no) && are_opposites(&no, &yes));
        let two = Flags::IOS.union(Flags::ALONE);
        for (a, b) in [
            (
                go("two", Step::Support).when(two),
                go("two", Step::Support).unless(two),
            ),
            (yes, no.unless(Flags::ALONE)),
            (yes, no.when(Flags::ALONE)),
            (yes.unless(Flags::ALONE), no),
            (yes.method(RecoveryMethod::Key), no),
            (yes, no.method(RecoveryMethod::Key)),
            (yes.sends(Sends::Again), no),
            (yes, no.sends(Sends::Again)),
            (yes, go("other", Step::Support).unless(Flags::ANDROID)),
        ] {
            assert!(!are_opposites(&a, &b), "{a:?} {b:?}");
        }
        assert_eq!(yes.when.methods, RecoveryMethods::NONE);
    }

    #[test]
    fn a_path_without_an_end_is_found() {
        use Step::{Entry, NumberFormat, PhoneSignal, SimCheck, SmsCheckDestination};
        assert!(every_route_ends(&with(&[])));
        let circle = |choices| every_route_ends(&with(&[(Entry, choices)]));
        assert!(!circle(const { &[go("again", Entry)] }));
        // Flags of facts may be set on every screen; those of the route are not.
        assert!(!circle(const { &[go("again", Entry).when(Flags::IOS)] }));
        assert!(circle(const { &[go("again", Entry).when(Flags::FIRST)] }));
        assert!(circle(const { &[go("again", Entry).when(Flags::UNASKED)] }));
        assert!(circle(const { &[go("again", Entry).unless(Flags::LATE)] }));
        let later = |choices| {
            const ON: [Choice; 1] = [go("on", Entry)];
            every_route_ends(&with(&[(Entry, choices), (PhoneSignal, &ON)]))
        };
        assert!(!later(const { &[go("again", Entry).unless(Flags::FIRST)] }));
        assert!(!every_route_ends(&with(&[(
            Step::UnaskedCode,
            const { &[go("again", Step::UnaskedCode).when(Flags::UNASKED)] },
        )])));
        // Five screens and a close, and no more.
        let chain = |last| {
            every_route_ends(&with(&[
                (SmsCheckDestination, const { &[go("on", NumberFormat)] }),
                (NumberFormat, const { &[go("on", PhoneSignal)] }),
                (PhoneSignal, const { &[go("on", SimCheck)] }),
                (SimCheck, const { &[go("on", Entry)] }),
                (Entry, last),
            ]))
        };
        assert!(chain(const { &[go("close", Step::Done)] }));
        assert!(!chain(const { &[go("on", Step::Support)] }));
    }
}
