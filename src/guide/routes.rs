//! The methods to sign in on a route: which a screen is about, rules out, and shows.

use super::Step;
use crate::channel::{RecoveryMethod, RecoveryMethods};

/// Whoever holds a phone receives its messages and its calls.
const TO_A_PHONE: RecoveryMethods = RecoveryMethods::NONE
    .insert(RecoveryMethod::Sms)
    .insert(RecoveryMethod::Voice);

/// The methods that send a code.
pub(super) const SENDING: RecoveryMethods = TO_A_PHONE.insert(RecoveryMethod::Email);

/// Where no code is needed.
pub(super) const RESET_OR_LINKED: RecoveryMethods = RecoveryMethods::NONE
    .insert(RecoveryMethod::Reset)
    .insert(RecoveryMethod::Linked);

impl Step {
    /// The method that this screen is about: the destination and the message of another method do not matter
    /// here.
    pub const fn about(self) -> Option<RecoveryMethod> {
        use Step::*;
        match self {
            SmsCheckDestination | NumberFormat | SmsOtherTextsArrive | PhoneSignal
            | LineStopped | HiddenOnPhone | SimCheck | CarrierFilter => Some(RecoveryMethod::Sms),
            MailCheckAddress | MailSearch | MailAllowDomain | MailOpenInBrowser => {
                Some(RecoveryMethod::Email)
            }
            AppWhere | AppFreshCode | AppUpdate | AppFind => Some(RecoveryMethod::App),
            VoiceRang | VoiceCall | VoiceUnclear => Some(RecoveryMethod::Voice),
            BackupFind | BackupEnter => Some(RecoveryMethod::Backup),
            _ => None,
        }
    }

    /// The methods that this screen rules out for the rest of the route. `about`: the method that the route is about.
    pub(super) const fn rules_out(self, about: Option<RecoveryMethod>) -> RecoveryMethods {
        use Step::*;
        match self {
            // They belong to somebody else: a code would go there.
            OwnerDied | NotYourAccount => RecoveryMethods::ALL,
            // A caller or a false page waits for the next code.
            SomeoneAsks | PageFromLink => SENDING,
            StolenPhone | LineStopped => TO_A_PHONE,
            NotHere | FamilyNumber | NumberOfOthers | LostWhatIsLeft => {
                not_in_hand(matches!(self, NumberOfOthers), about)
            }
            // The number or the address is unknown to the person: a code or a call would reach somebody else.
            ContactChanged if about.is_some() => not_in_hand(false, about),
            _ => match self.about() {
                Some(method) => RecoveryMethods::NONE.insert(method),
                None => RecoveryMethods::NONE,
            },
        }
    }

    /// The methods that this screen does not name, though an answer on it may lead to one. `about`: the method that the route
    /// is about.
    pub(super) const fn withholds(self, about: Option<RecoveryMethod>) -> RecoveryMethods {
        match self {
            // Until it is known whose the number or the mailbox is, nothing is sent there.
            Step::NumberWhose => not_in_hand(true, about),
            _ => RecoveryMethods::NONE,
        }
    }

    /// Whether this screen shows the methods that are left. `few_tries`: one or two attempts are left.
    pub(super) const fn shows_methods(self, few_tries: bool) -> bool {
        use Step::*;
        match self {
            OtherWay | NotHere | LostWhatIsLeft | SiteTrouble | MoreTime | WaitUntil
            | VoiceUnclear => true,
            // The remedy of these is a new code or another network: the exit names the methods.
            CodeRenew | PageRestarts | WaitOtherNetwork => false,
            _ => few_tries && self.asks_for_code(),
        }
    }

    /// Whether another code may be sent from this screen: after one that nobody asked for, the page has to be known first.
    pub(super) const fn sends_another_code(self) -> bool {
        matches!(self, Step::CodeRenew | Step::OtherWay)
    }

    /// Whether this screen asks for another attempt with a code: it says how many are left where they are few.
    pub(super) const fn asks_for_code(self) -> bool {
        use Step::*;
        matches!(
            self,
            CodeCompare
                | CodeRenew
                | MoreTime
                | PageRestarts
                | WaitOtherNetwork
                | WaitUntil
                | AppWhere
                | AppFreshCode
                | AppUpdate
                | BackupEnter
        )
    }

    /// Whether whoever passes this screen may have lost a phone: from then on methods without one come first.
    pub(super) const fn is_loss(self) -> bool {
        use Step::*;
        matches!(
            self,
            LostWhatIsLeft | StolenPhone | OldPhone | StillLoggedIn | MoreTime | NotHere
        )
    }

    /// Whether this screen has the sentence that the code is for nobody else: all but five. The menu has the question as its
    /// first answer, three are about nothing else, and `done` is the end.
    pub const fn has_safety_line(self) -> bool {
        use Step::*;
        !matches!(self, Entry | SomeoneAsks | SecureNow | PageFromLink | Done)
    }
}

/// The methods by which a code would come to a phone or mailbox that is not in the person's hands.
const fn not_in_hand(of_others: bool, about: Option<RecoveryMethod>) -> RecoveryMethods {
    match about {
        Some(RecoveryMethod::Email) => RecoveryMethods::NONE.insert(RecoveryMethod::Email),
        // An app that is gone says nothing about the phone.
        Some(RecoveryMethod::App) => RecoveryMethods::NONE.insert(RecoveryMethod::App),
        None if of_others => SENDING,
        _ => TO_A_PHONE,
    }
}

/// The order in which methods are shown. `lost`: a phone may be lost, or a code be too quick: what needs neither goes first.
pub(super) const fn order(lost: bool) -> [RecoveryMethod; 8] {
    use RecoveryMethod::*;
    if lost {
        [Email, Backup, App, Key, Sms, Voice, Reset, Linked]
    } else {
        [Sms, Email, Voice, App, Backup, Key, Reset, Linked]
    }
}
