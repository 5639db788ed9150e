//! Situations, each from where the guide opens to the screen that helps.

use super::*;

#[test]
#[rustfmt::skip]
fn each_situation_ends_where_it_should() {
    for (situation, start, answers, end) in [
        ("the code came and shows a stranger's account", "sms-check-destination", "came stranger", "not-your-account"),
        ("a caller asks for the code", "sms-check-destination", "came asked", "someone-asks"),
        ("the number is a parent's", "sms-check-destination", "whose family", "family-number"),
        ("the phone is at home", "sms-check-destination", "not-here", "not-here"),
        ("the number is the former employer's", "sms-check-destination", "whose others none", "support"),
        ("the owner has died", "sms-check-destination", "whose died support", "support"),
        ("the old number; the mail works", "sms-check-destination", "whose old", "lost-what-is-left"),
        ("a landline", "sms-check-destination", "right landline", "other-way"),
        ("no service for hours", "sms-check-destination", "right dead", "line-stopped"),
        ("the line of the number is off, two SIMs", "sms-check-destination", "right two", "sim-check"),
        ("the page starts over each time", "sms-check-destination", "came restarts", "page-restarts"),
        ("the phone company's filter", "sms-check-destination", "right yes still", "carrier-filter"),
        ("expired because typing takes long", "code-late", "slow", "more-time"),
        ("expired, it was on the computer", "code-late", "elsewhere", "not-here"),
        ("expired, slow connection", "code-late", "restarts", "page-restarts"),
        ("limited, and codes keep coming", "wait-until", "unasked not-me", "secure-account"),
        ("app wrong, one try left", "app-where", "", "app-where"),
        ("new phone, empty app", "app-where", "empty", "old-phone"),
        ("app wrong, clock", "app-where", "refused", "app-fresh-code"),
        ("a sheet of 8 digits", "app-where", "sheet", "backup-enter"),
        ("the call cannot be understood", "voice-rang", "unclear", "voice-unclear"),
        ("several people get no mail", "mail-check-address", "others", "site-trouble"),
        ("a mail program fetches the mail", "mail-check-address", "elsewhere", "not-here"),
    ] {
        let mut path = format!("{start} {answers}");
        path.truncate(path.trim_end().len());
        let screen = on(&path).by(RecoveryMethod::Sms).screen();
        assert_eq!((screen.answers.as_str(), screen.step.as_str()), (path.as_str(), end), "{situation}");
    }
}

#[test]
fn situations_of_one_channel() {
    let limited = Flags::LIMITED;
    let expired = "code-late never still";
    let carrier = on(expired).by(RecoveryMethod::Email).screen();
    assert_eq!(carrier.step, Step::MailAllowDomain);
    // A company sets which mail it lets in; for free mail one new code is next.
    for (destination, next) in [
        ("h***@company.example", Step::MailAllowDomain),
        ("h***@docomo.ne.jp", Step::MailAllowDomain),
        ("h***@g***.com", Step::MailAllowDomain),
        ("h***@gmail.com", Step::CodeRenew),
    ] {
        let node = on("mail-search still").by(RecoveryMethod::Email);
        let screen = node.where_(Flags::of_mail(destination)).screen();
        assert_eq!(screen.step, next, "{destination}");
    }
    let limited = on("wait-until repair no still")
        .by(RecoveryMethod::Sms)
        .where_(limited)
        .screen();
    assert_eq!(limited.step, Step::CarrierFilter);
    for path in ["entry link", "entry error link"] {
        let screen = on(path).where_(Flags::ALONE).screen();
        assert_eq!(screen.step, Step::PageFromLink, "{path}");
    }
    // With one try left the other methods are on the first screen, before anything is tried.
    let node = on("app-where")
        .by(RecoveryMethod::App)
        .with(&[RecoveryMethod::Backup, RecoveryMethod::Email]);
    assert_eq!(node.methods(), "");
    assert_eq!(node.where_(Flags::FEW_TRIES).methods(), "email backup");
}
