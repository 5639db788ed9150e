//! What the table is held to when this is compiled: each screen stands at its own place, keeps a choice
//! whatever holds, and one for whom it did not help; and every walk from every screen ends within
//! [`MAX_SCREENS`], which no cycle could.

use super::flow::{Choice, FLOW, MAX_SCREENS};
use super::{Flags, Step};

const EVERY: Flags = Flags(u16::MAX);

const _: () = {
    assert!(in_order(), "each screen stands at its own place");
    assert!(always_a_choice(), "a screen may be left without a choice");
    assert!(
        always_a_way_on(),
        "a screen leaves no way on for whom it did not help"
    );
    assert!(
        every_walk_ends(),
        "a walk goes in a circle, or beyond MAX_SCREENS"
    );
};

const fn in_order() -> bool {
    let mut at = 0;
    while at < FLOW.len() {
        if FLOW[at].0 as usize != at || FLOW[at].0.is_end() != FLOW[at].1.is_empty() {
            return false;
        }
        at += 1;
    }
    true
}

const fn always_a_choice() -> bool {
    let mut at = 0;
    while at < FLOW.len() {
        let (step, choices) = FLOW[at];
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

/// The glossary needs none: it promised no help.
const fn always_a_way_on() -> bool {
    let mut at = 0;
    while at < FLOW.len() {
        let (step, choices) = FLOW[at];
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

/// Whether one of the two is always shown: what one asks for is all that the other refuses.
const fn are_opposites(a: &Choice, b: &Choice) -> bool {
    let (yes, no) = if a.when.all.has_any(EVERY) {
        (a, b)
    } else {
        (b, a)
    };
    yes.when.all.0 == no.when.none.0
        && yes.when.all.0.count_ones() == 1
        && no.when.all.0 == 0
        && yes.when.none.0 == 0
        && yes.when.ways.is_empty()
        && no.when.ways.is_empty()
        && yes.sends.is_none()
        && no.sends.is_none()
}

/// From the last screen that is allowed back to the first: whether each choice that can be shown as the
/// n-th screen leads to one that ends well as the next. What the walk itself decides (the first screen, a
/// late one, one behind `unasked-code`) is followed; conditions on what the page knows are taken as met,
/// so that every pairing of them is covered.
const fn every_walk_ends() -> bool {
    // Beyond the last screen, only a close. In the second half: behind `unasked-code`.
    let mut well = [[false; FLOW.len()]; 2];
    let mut at = 0;
    while at < FLOW.len() {
        well[0][at] = FLOW[at].0.is_close();
        well[1][at] = FLOW[at].0.is_close();
        at += 1;
    }
    let mut nth = MAX_SCREENS;
    while nth > 0 {
        let mut here = [[false; FLOW.len()]; 2];
        let mut at = 0;
        while at < FLOW.len() {
            let (step, choices) = FLOW[at];
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
    while at < FLOW.len() {
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
        .and_if(nth == 1, Flags::FIRST)
        .and_if(unasked, Flags::UNASKED)
        .and_if(nth + 1 >= MAX_SCREENS, Flags::LATE);
    let decided = Flags::FIRST.and(Flags::UNASKED).and(Flags::LATE);
    let no = Flags(decided.0 & !yes.0);
    let mut one = 0;
    while one < choices.len() {
        let Choice { to, when, .. } = &choices[one];
        let shown = !when.all.has_any(no) && !when.none.has_any(yes);
        if shown && !next[unasked as usize][*to as usize] {
            return false;
        }
        one += 1;
    }
    true
}

/// Whether a choice is shown whatever holds.
const fn is_always(choice: &Choice) -> bool {
    !choice.when.all.has_any(EVERY)
        && !choice.when.none.has_any(EVERY)
        && choice.when.ways.is_empty()
        && choice.sends.is_none()
}
