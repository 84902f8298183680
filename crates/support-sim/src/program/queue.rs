//! Sends events to an SQS queue, as a rule of EventBridge with a queue as its target does. What the queue does not
//! take is tried again, in order, for as long as the program runs, so an event may come twice but is not lost.

use std::collections::VecDeque;
use std::time::Duration;

use anyhow::{Context, bail};
use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::meta::credentials::CredentialsProviderChain;
use aws_config::profile::ProfileFileCredentialsProvider;
use aws_credential_types::Credentials;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::config::{BehaviorVersion, Region};
use aws_sdk_sqs::error::DisplayErrorContext;
use support_sim::{Customer, Events};
use tokio_util::sync::CancellationToken;

/// How long the first retry waits; each further one twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(15);
/// How long the end of the program waits for what is not sent yet.
const LAST_CHANCE: Duration = Duration::from_secs(3);

/// A queue that can be sent to.
#[derive(Debug)]
pub(crate) struct Queue {
    client: Client,
    url: String,
}

impl Queue {
    /// A queue by its URL. One at AWS is sent to with the credentials of the environment or of the profile; any other,
    /// such as that of an emulator on this computer, also without.
    pub(crate) fn at(url: &str) -> anyhow::Result<Self> {
        let uri: http::Uri = url.parse().with_context(|| format!("{url} is no URL of a queue"))?;
        let (Some(scheme), Some(host)) = (uri.scheme_str(), uri.authority()) else {
            bail!("{url} is no URL of a queue; it begins with http:// or https://");
        };
        if uri.path().trim_matches('/').is_empty() {
            bail!("{url} names no queue; its path does, as in {scheme}://{host}/123456789012/my-queue");
        }
        let region = region_at_aws(host.host());
        let credentials =
            CredentialsProviderChain::first_try("Environment", EnvironmentVariableCredentialsProvider::new())
                .or_else("Profile", ProfileFileCredentialsProvider::builder().build());
        let mut config = aws_sdk_sqs::Config::builder().behavior_version(BehaviorVersion::latest());
        config = match region {
            Some(region) => config.region(Region::new(region.to_owned())).credentials_provider(credentials),
            None => {
                let example = Customer::example();
                let (id, secret) = (example.access_key_id(), example.secret_access_key());
                let example = Credentials::new(id, secret, None, None, "example");
                config
                    .region(Region::new("us-east-1"))
                    .credentials_provider(credentials.or_else("Example", example))
                    .endpoint_url(format!("{scheme}://{host}"))
            }
        };
        Ok(Self { client: Client::from_conf(config.build()), url: url.to_owned() })
    }

    /// Sends events until it is cancelled, and then what still waits, if the queue takes it at once.
    pub(crate) async fn follow(&self, mut events: Events, cancel: CancellationToken) {
        let mut waiting: VecDeque<String> = VecDeque::new();
        while !cancel.is_cancelled() {
            if let Some(event) = waiting.front() {
                tokio::select! {
                    () = cancel.cancelled() => {}
                    () = self.send_at_last(event) => { waiting.pop_front(); }
                }
                continue;
            }
            tokio::select! {
                () = cancel.cancelled() => {}
                more = events.next() => match more {
                    Some(more) => waiting.extend(more),
                    None => return,
                },
            }
        }
        let rest = async {
            loop {
                while let Some(event) = waiting.front() {
                    self.send(event).await?;
                    waiting.pop_front();
                }
                // Only what is there already.
                match tokio::time::timeout(Duration::ZERO, events.next()).await {
                    Ok(Some(more)) => waiting.extend(more),
                    Ok(None) | Err(_) => return Ok(()),
                }
            }
        };
        let reason: Result<(), String> = match tokio::time::timeout(LAST_CHANCE, rest).await {
            Ok(sent) => sent,
            Err(_) => Err("it does not answer".to_owned()),
        };
        if let Err(reason) = reason {
            tracing::warn!(queue = self.url, reason, "events are lost at the end");
        }
    }

    /// Sends one event, however often that takes.
    async fn send_at_last(&self, event: &str) {
        let mut pause = FIRST_PAUSE;
        while let Err(reason) = self.send(event).await {
            tracing::warn!(queue = self.url, reason, "an event is not taken, and is tried again");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn send(&self, event: &str) -> Result<(), String> {
        let message = self.client.send_message().queue_url(&self.url).message_body(event);
        let message = if self.url.ends_with(".fifo") {
            // A group for all: their order is what such a queue is for.
            message.message_group_id("support").message_deduplication_id(deduplication_id(event))
        } else {
            message
        };
        message.send().await.map(drop).map_err(|error| DisplayErrorContext(&error).to_string())
    }
}

/// The event's own id.
fn deduplication_id(event: &str) -> String {
    let event: serde_json::Value = serde_json::from_str(event).unwrap_or_default();
    event["id"].as_str().unwrap_or_default().to_owned()
}

/// `sqs.eu-west-1.amazonaws.com`, also of the other partitions and the older form.
fn region_at_aws(host: &str) -> Option<&str> {
    let name = host.strip_suffix(".amazonaws.com").or_else(|| host.strip_suffix(".amazonaws.com.cn"))?;
    name.strip_prefix("sqs.").or_else(|| name.strip_suffix(".queue"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aws_queues_name_their_region() {
        assert_eq!(region_at_aws("sqs.eu-west-1.amazonaws.com"), Some("eu-west-1"));
        assert_eq!(region_at_aws("sqs.cn-north-1.amazonaws.com.cn"), Some("cn-north-1"));
        assert_eq!(region_at_aws("eu-west-1.queue.amazonaws.com"), Some("eu-west-1"));
        for host in ["127.0.0.1", "localhost", "sqs.example.com", "amazonaws.com.example.com"] {
            assert_eq!(region_at_aws(host), None, "{host}");
        }
    }

    #[test]
    fn what_names_no_queue_is_refused() {
        assert!(Queue::at("http://127.0.0.1:5000/123456789012/support").is_ok());
        for (url, reason) in [
            ("127.0.0.1:5000/x", "is no URL"),
            ("/123456789012/support", "begins with http"),
            ("http://127.0.0.1:5000/", "names no queue"),
            ("not a url", "is no URL"),
        ] {
            let refused = format!("{:#}", Queue::at(url).unwrap_err());
            assert!(refused.contains(reason), "{refused}");
        }
    }
}
