//! A gateway that does what a test wants.

use std::future::pending;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use login::delivery::{About, Deliver, Delivery, DeliveryError, Message, Receipt};
use todoita::channel::Channel;

use crate::common::Site;

/// The answer of the gateway to a message.
#[derive(Clone, Copy, Debug)]
pub enum Behaviour {
    Takes,
    /// It takes the message after so many milliseconds.
    TakesAfter(u64),
    /// It takes the message, and its answer is lost.
    TakesSilently,
    Fails,
    /// It wants to be left alone for so many seconds.
    IsBusy(u64),
    Refuses,
    /// It never answers.
    Hangs,
}

/// A gateway whose behaviour can be set for each channel, and which records what it was given.
#[derive(Debug)]
pub struct Scripted {
    behaviour: Mutex<Vec<(Channel, Behaviour)>>,
    given: Mutex<Vec<(String, Message)>>,
}

impl Scripted {
    pub fn new() -> Arc<Scripted> {
        Arc::new(Scripted {
            behaviour: Mutex::default(),
            given: Mutex::default(),
        })
    }

    pub fn set(&self, channel: Channel, behaviour: Behaviour) {
        let mut all = self.behaviour.lock().unwrap();
        all.retain(|(known, _)| *known != channel);
        all.push((channel, behaviour));
    }

    /// The idempotency keys and messages that it was given, in that order.
    pub fn given(&self) -> Vec<(String, Message)> {
        self.given.lock().unwrap().clone()
    }

    /// The service of a site, with this gateway.
    pub fn of(self: &Arc<Self>, site: &Site) -> login::Service {
        let mut login = site.login.clone();
        login.delivery = Delivery::with_timeout(self.clone(), Duration::from_millis(200));
        login
    }
}

impl Deliver for Scripted {
    fn deliver<'a>(
        &'a self,
        idempotency_key: &'a str,
        message: &'a Message,
    ) -> Pin<Box<dyn Future<Output = Result<Receipt, DeliveryError>> + Send + 'a>> {
        let behaviour = self.behaviour.lock().unwrap();
        let behaviour = behaviour
            .iter()
            .find(|(channel, _)| *channel == message.channel)
            .map_or(Behaviour::Takes, |(_, behaviour)| *behaviour);
        let given = (idempotency_key.to_owned(), message.clone());
        self.given.lock().unwrap().push(given);
        Box::pin(async move {
            match behaviour {
                Behaviour::Takes => Ok(Receipt {
                    id: Some("gateway-1".to_owned()),
                }),
                Behaviour::TakesAfter(milliseconds) => {
                    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                    Ok(Receipt::default())
                }
                Behaviour::TakesSilently => Err(DeliveryError::later("the connection was closed")),
                Behaviour::Fails => Err(DeliveryError::later("the gateway is down")),
                Behaviour::IsBusy(seconds) => Err(DeliveryError::Later {
                    why: "too many messages".to_owned(),
                    after: Some(Duration::from_secs(seconds)),
                    about: About::Gateway,
                }),
                Behaviour::Refuses => Err(DeliveryError::Never("no such number".to_owned())),
                Behaviour::Hangs => pending().await,
            }
        })
    }
}
