//! Submitting: what a submit does, its request, and the server's answer.

use super::effects::{Dispatch, Effects, Send};
use super::event::Answer;
use super::fingerprint::fingerprint;
use super::{KeyUse, Notice, Request, State};
use crate::cause::Cause;
use crate::channel::{Action, Channel};
use crate::code::{self, Problem};

/// How long to wait for an answer before the person may try again: long enough for a slow phone.
const ANSWER_MS: u32 = 20_000;
/// After this time a native submit that has not left the page was cancelled by a script of the site.
const NATIVE_MS: u32 = 10_000;

impl State {
    /// Whether a request is under way.
    pub(super) fn busy(&self) -> bool {
        matches!(self.request, Request::Action | Request::Code)
    }

    /// Whether the person was let in.
    pub(super) fn accepted(&self) -> bool {
        matches!(self.request, Request::Accepted { .. })
    }

    /// Whether no code can be submitted now. While another one is asked for, the first may arrive.
    pub(super) fn closed(&self) -> bool {
        matches!(
            self.request,
            Request::Code | Request::Accepted { closed: true }
        )
    }

    /// Ends an acceptance: another code step begins in the same field.
    pub(super) fn reopen(&mut self) {
        if self.accepted() {
            self.request = Request::None;
        }
    }

    pub(super) fn submit(&mut self, action: Option<Action>, text: &str, effects: &mut Effects) {
        effects.prevent = true;
        if self.closed() || (action.is_some() && self.busy()) {
            return;
        }
        self.reopen();
        match action {
            Some(Action::Method(Channel::Backup)) => return self.choose(true, effects),
            Some(Action::Code) if self.facts.channel != Some(Channel::Backup) => {
                return self.choose(false, effects);
            }
            Some(Action::Resend) if self.left(self.resend_at()) > 0 => return,
            Some(_) => return self.send(action, effects),
            None => {}
        }
        self.changed(text, effects);
        effects.submit = false;
        match self.reading.problem {
            // The person insists: the server decides.
            Some(problem) if !self.stopped => {
                self.stopped = true;
                self.stop(problem, effects);
            }
            _ => self.send(None, effects),
        }
    }

    /// Prevents the browser's own action and shows why.
    fn stop(&mut self, problem: Problem, effects: &mut Effects) {
        self.notice = Notice::Problem(problem);
        effects.prevent = true;
        effects.select = true;
    }

    /// The browser does not submit, since the input is invalid: a text that is no code gets the field's own message;
    /// for other rules of the page the browser has one.
    pub(super) fn invalid(&mut self, text: &str, effects: &mut Effects) {
        if self.closed() {
            effects.prevent = true;
        } else if let Some(problem) = code::read(text, &self.site.rule).problem {
            self.changed(text, effects);
            effects.submit = false;
            self.stop(problem, effects);
        }
    }

    fn send(&mut self, action: Option<Action>, effects: &mut Effects) {
        let sent =
            fingerprint(action.map_or(self.reading.digits.as_str(), |action| action.as_str()));
        let fresh = match self.key_use {
            KeyUse::Unused => false,
            KeyUse::Sent(before) => before != sent,
            KeyUse::Answered => true,
        };
        self.key_use = KeyUse::Sent(sent);
        self.request = match action {
            None => Request::Code,
            Some(_) => Request::Action,
        };
        self.sent_at = self.at;
        self.sent = self.text;
        effects.prevent = false;
        effects.send = Some(Send {
            code: action.is_none() && self.reading.problem.is_none(),
            fresh,
        });
    }

    fn choose(&mut self, backup: bool, effects: &mut Effects) {
        self.backup_chosen = backup;
        self.notice = Notice::Nothing;
        effects.select = true;
    }

    pub(super) fn answered(&mut self, answer: Answer, effects: &mut Effects) {
        // A text that came meanwhile is not selected: more typing would replace it.
        let select = !self.busy() || self.sent == self.text;
        self.request = Request::None;
        match answer {
            Answer::Accepted => {
                self.request = Request::Accepted { closed: true };
                self.notice = Notice::Nothing;
                effects.dispatch[0] = Some(Dispatch::Accepted);
            }
            Answer::Refused(mut facts) => {
                let cause = *facts.cause.get_or_insert(Cause::Unknown);
                self.receive(facts);
                if let KeyUse::Sent(sent) = self.key_use {
                    self.remember(cause, sent);
                }
                // After an error of the server the same key is sent again.
                if cause != Cause::Unknown {
                    self.key_use = KeyUse::Answered;
                }
                effects.dispatch[0] = Some(Dispatch::Refused(cause));
                effects.select = select;
            }
            Answer::Sent(mut facts) => {
                self.key_use = KeyUse::Answered;
                self.backup_chosen = false;
                let resends = self.facts.resends.unwrap_or(0).saturating_add(1);
                facts.resends.get_or_insert(resends);
                self.merge(facts);
                self.renewed();
                effects.select = select;
            }
            Answer::Unreachable => {
                self.notice = Notice::Unreachable;
                self.facts.unanswered = true;
            }
        }
    }

    /// Shows that another code was sent, where codes are sent.
    pub(super) fn renewed(&mut self) {
        self.notice = if self.facts.channel.is_none_or(Channel::is_sent) {
            Notice::NewCode
        } else {
            Notice::Nothing
        };
    }

    pub(super) fn tick(&mut self, effects: &mut Effects) {
        let limit = if self.site.json { ANSWER_MS } else { NATIVE_MS };
        if !self.busy() || self.at.saturating_sub(self.sent_at) < limit {
            return;
        }
        if self.site.json {
            effects.abort = true;
            self.answered(Answer::Unreachable, effects);
        }
        self.request = Request::None;
    }
}
