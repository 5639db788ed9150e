//! The guide without JavaScript: a screen of `todoita::guide`, drawn as `www/guide-screen.js` draws it.
//!
//! Nothing is kept: the answers travel in the page's own form and are replayed every time.

use askama::Template;
use todoita::channel::{Channel, RecoveryMethod, RecoveryMethods};
use todoita::guide::{Act, Exit, Flags, Group, Known, Screen, Step, Trouble};

use crate::config::Config;
use crate::web::pages::{self, SUPPORT};
use crate::web::request_context::RequestContext;
use crate::words::guide::{
    Filling, FoldWords, GuideWords, Picture, Piece, Said, ScreenWords, picture,
};
use crate::words::{Lang, Words};
use login::code_rule::{BACKUP_DIGITS, DIGITS};
use login::status::SignInStatus;

/// A pending sign-in, as the guide takes it.
#[derive(Clone, Debug)]
pub struct Sight<'a> {
    /// Who asks.
    pub asker: &'a RequestContext,
    /// What the operator decided.
    pub config: &'a Config,
    /// What the person may know of the sign-in.
    pub told: &'a SignInStatus,
    /// The ways in that the account has.
    pub ways: &'a [Channel],
    /// What the page is open on.
    pub device: Flags,
}

/// What the browser says it runs on. It may not be what receives the code.
pub fn device(user_agent: &str) -> Flags {
    let has = |word| user_agent.contains(word);
    if has("Android") {
        Flags::ANDROID
    } else if has("iPhone") || has("iPad") {
        Flags::IOS
    } else {
        Flags::DESKTOP
    }
}

impl Sight<'_> {
    /// What is known and so never asked for.
    pub fn known(&self) -> Known {
        let told = self.told;
        let way = |channel: &Channel| RecoveryMethod::from_name(channel.as_str());
        Known {
            channel: told.channel.as_ref().and_then(way),
            trouble: told.cause.map(Trouble::Refused),
            destination: told.destination.is_some(),
            ways: Some(
                self.ways
                    .iter()
                    .filter_map(way)
                    .fold(RecoveryMethods::NONE, RecoveryMethods::with),
            ),
            once: told.resend_at.is_none(),
            flags: told
                .destination
                .as_deref()
                .map_or(Flags::NONE, Flags::of_mail)
                .and(Flags::SIGN_IN)
                .and(self.device)
                .and_if(self.wait().is_some(), Flags::LOCK_TIME)
                .and_if(told.resends > 0, Flags::RESENT)
                .and_if(self.config.incident.is_some(), Flags::INCIDENT),
        }
    }

    /// Until when the person has to wait: the end of a lock, or of a long time without another code.
    fn wait(&self) -> Option<u64> {
        let told = self.told;
        let long = |at: &u64| *at > told.now + 2 * 60_000;
        told.retry_at.or(told.resend_at.filter(long))
    }

    /// What the sentences of a screen are filled with: of a message only where the screen speaks of its way.
    fn values(&self, about: Option<RecoveryMethod>) -> Vec<(&'static str, String)> {
        let (told, words) = (self.told, Words::of(self.asker.lang));
        let offset = self.config.utc_offset;
        // What has been, and until when something works: never later than it is.
        let clock = |at: u64| words.clock_time(at / 60_000 * 60_000, offset);
        let address = told.destination.as_deref().filter(|to| to.contains('@'));
        let channel = told
            .channel
            .as_ref()
            .and_then(|channel| RecoveryMethod::from_name(channel.as_str()));
        let sent = |at: Option<u64>| at.filter(|_| about.is_none() || about == channel);
        let destination = told.destination.clone();
        let destination = destination.filter(|_| about.is_none() || about == channel);
        let given = [
            ("site", Some(words.own("service").to_owned())),
            ("domain", Some(self.asker.host().to_owned())),
            ("sender", Some(words.own("sender").to_owned())),
            ("hours", Some(words.own("support-hours").to_owned())),
            ("answer", Some(words.own("support-answer").to_owned())),
            (
                "minutes",
                sent(told.sent_at)
                    .map(|at| told.now.saturating_sub(at) / 60_000)
                    .filter(|minutes| *minutes > 0)
                    .map(|minutes| minutes.to_string()),
            ),
            ("sent", sent(told.sent_at).map(clock)),
            ("expires", sent(told.expires_at).map(clock)),
            ("time", self.wait().map(|at| words.clock_time(at, offset))),
            ("destination", destination.clone()),
            ("last", destination.filter(|_| address.is_none())),
            ("digits", Some(DIGITS.to_string())),
            ("backup", Some(BACKUP_DIGITS.to_string())),
        ];
        given
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .collect()
    }
}

/// A screen of the guide as a page.
#[derive(Template)]
#[template(path = "guide.html")]
pub struct Page {
    words: &'static Words,
    said: &'static GuideWords,
    other_lang: &'static str,
    step: &'static str,
    answers: String,
    title: Said,
    notices: Vec<Said>,
    picture: Option<&'static Picture>,
    lead: Vec<Said>,
    steps: Vec<Said>,
    why: Option<Said>,
    time: Option<Said>,
    folds: Vec<Fold>,
    ways: Vec<(&'static str, &'static str)>,
    answered: Vec<Answers>,
    asked: Option<Asked>,
    support: Option<&'static str>,
    back: bool,
    exits: Vec<(&'static str, Goal)>,
}

struct Fold {
    open: bool,
    title: String,
    text: Vec<Said>,
    steps: Vec<Said>,
    say: Option<Said>,
}

struct Answers {
    name: &'static str,
    title: Option<&'static str>,
    choices: Vec<Row>,
}

struct Row {
    name: &'static str,
    label: Said,
    /// How long until what it sends may be sent.
    wait: Option<String>,
    /// That a code was already sent anew.
    warning: Option<&'static str>,
}

struct Asked {
    text: String,
    /// What was found: screens and their titles.
    found: Option<Vec<(&'static str, String)>>,
}

/// What an exit's button does.
enum Goal {
    /// Is an answer.
    Answer(&'static str),
    /// Is a new start.
    Start(&'static str),
}

impl Page {
    /// A screen in words. `asked`: what was searched for on the menu.
    pub fn new(sight: &Sight<'_>, screen: &Screen, asked: Option<&str>) -> Option<Page> {
        let lang = sight.asker.lang;
        let said = GuideWords::of(lang);
        let own = said.screen(screen.step)?;
        let filling = Filling {
            flags: screen.flags,
            values: sight.values(screen.step.about()),
        };
        let one = |sentence: &Option<String>| filling.say(sentence.as_deref()?);
        let is_menu = screen.step == Step::Entry;
        Some(Page {
            words: Words::of(lang),
            said,
            other_lang: match lang {
                Lang::Ja => Lang::En.as_str(),
                Lang::En => Lang::Ja.as_str(),
            },
            step: screen.step.as_str(),
            answers: screen.answers.clone(),
            title: title(own, &filling)?,
            notices: notices(sight, said),
            picture: own.picture.as_deref().and_then(picture),
            lead: filling.all(&own.lead),
            steps: filling.all(&own.steps),
            why: one(&own.why),
            time: one(&own.time),
            folds: folds(own, &filling),
            ways: offered(screen, said),
            answered: answered(sight, screen, own, &filling, said),
            asked: is_menu.then(|| Asked {
                text: asked.unwrap_or_default().to_owned(),
                found: asked
                    .filter(|text| !text.trim().is_empty())
                    .map(|text| found(said, text, &filling)),
            }),
            support: (screen.step == Step::Support).then_some(SUPPORT),
            back: screen.has(Exit::Back),
            exits: screen.exits().filter_map(exit).collect(),
        })
    }
}

fn title(own: &ScreenWords, filling: &Filling) -> Option<Said> {
    let titles = own.title.all();
    titles.iter().find_map(|title| filling.say(title))
}

fn notices(sight: &Sight<'_>, said: &GuideWords) -> Vec<Said> {
    let text = match sight.config.incident.as_deref() {
        None => return Vec::new(),
        Some("") => said.ui("incident"),
        Some(text) => text,
    };
    vec![Said(vec![Piece::Text(text.to_owned())])]
}

fn folds(own: &ScreenWords, filling: &Filling) -> Vec<Fold> {
    let fold = |(name, fold): &(String, FoldWords)| {
        Some(Fold {
            open: match name.as_str() {
                "iphone" => filling.flags.has(Flags::IOS),
                "android" => filling.flags.has(Flags::ANDROID),
                _ => false,
            },
            title: filling.say(&fold.title)?.plain(),
            text: filling.all(&fold.text),
            steps: filling.all(&fold.steps),
            say: fold.say.as_deref().and_then(|say| filling.say(say)),
        })
    };
    own.folds.0.iter().filter_map(fold).collect()
}

/// The ways in that are left, all of them buttons of the code step.
fn offered(screen: &Screen, said: &'static GuideWords) -> Vec<(&'static str, &'static str)> {
    let names = screen.ways().map(RecoveryMethod::as_str);
    names
        .filter(|name| Channel::from_name(name).is_some())
        .map(|name| (name, said.way(name)))
        .collect()
}

fn answered(
    sight: &Sight<'_>,
    screen: &Screen,
    own: &ScreenWords,
    filling: &Filling,
    said: &'static GuideWords,
) -> Vec<Answers> {
    let mut groups: Vec<Answers> = Vec::new();
    for shown in screen.choices() {
        let label = own.choices.get(shown.name);
        let Some(label) = label.and_then(|label| filling.say(label)) else {
            continue;
        };
        let sends_again = shown.act == Some(Act::Resend);
        let row = Row {
            name: shown.name,
            label,
            wait: sends_again
                .then(|| pages::resend_wait(sight.asker, sight.told, sight.ways))
                .flatten(),
            // Sending on and on is what locks people out.
            warning: (sends_again && screen.flags.has(Flags::RESENT)).then(|| said.ui("resent")),
        };
        let name = shown.group.map_or("-", Group::as_str);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.choices.push(row),
            None => groups.push(Answers {
                name,
                title: said.group(name),
                choices: vec![row],
            }),
        }
    }
    groups
}

fn found(said: &GuideWords, text: &str, filling: &Filling) -> Vec<(&'static str, String)> {
    let label = |step: Step| {
        // Not what only this sign-in knows: what is found is a subject.
        let titles = said.screen(step)?.title.all();
        let title = titles.iter().rev().find_map(|title| filling.say(title))?;
        Some((step.as_str(), title.plain()))
    };
    said.find(text).filter_map(label).collect()
}

fn exit(exit: Exit) -> Option<(&'static str, Goal)> {
    let goal = match exit {
        Exit::Code => Goal::Answer("~code"),
        Exit::Other => Goal::Answer("~other"),
        Exit::Support => Goal::Answer("~support"),
        Exit::Menu => Goal::Start(Step::Entry.as_str()),
        // It stands above the heading.
        Exit::Back => return None,
    };
    Some((exit.as_str(), goal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_says_what_it_runs_on() {
        let android = "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)";
        assert_eq!(device(android), Flags::ANDROID);
        assert_eq!(device(iphone), Flags::IOS);
        assert_eq!(device("curl/8"), Flags::DESKTOP);
    }
}
