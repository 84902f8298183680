//! What cases of EDI are about, and what an operations engineer says about each.

/// The subject matter of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Ingestion,
    Search,
    Access,
    Storage,
    Seismic,
    Wellbore,
    Performance,
    Backup,
    Other,
}

impl Topic {
    pub(crate) const ALL: [Self; 9] = [
        Self::Ingestion,
        Self::Search,
        Self::Access,
        Self::Storage,
        Self::Seismic,
        Self::Wellbore,
        Self::Performance,
        Self::Backup,
        Self::Other,
    ];

    /// Words that tell a topic, in lower case, most telling first; the subject counts before the description.
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Ingestion => &["ingest", "manifest", "workflow", "airflow", "dag"],
            Self::Search => &["search", "index", "query", "elastic"],
            Self::Seismic => &["seismic", "sdms", "segy", "vds"],
            Self::Wellbore => &["wellbore", "well log", "welllog", "trajectory"],
            Self::Access => &[
                "entitlement",
                "access",
                "permission",
                "403",
                "401",
                "legal tag",
                "login",
                "sign in",
                "portal",
            ],
            Self::Backup => &["backup", "restore", "snapshot"],
            Self::Performance => &["slow", "latency", "timeout", "timed out", "performance", "504"],
            Self::Storage => &["storage", "record", "schema", "upload", "dataset", "file"],
            Self::Other => &[],
        }
    }

    /// What a case is about.
    pub(crate) fn of(subject: &str, description: &str) -> Self {
        for text in [subject.to_lowercase(), description.to_lowercase()] {
            let told =
                Self::ALL.into_iter().find(|topic| topic.words().iter().any(|word| text.contains(word)));
            if let Some(topic) = told {
                return topic;
            }
        }
        Self::Other
    }

    /// One of the topics that monitoring finds problems in.
    pub(crate) fn of_own_incident(variety: u32) -> Self {
        const FOUND: [Topic; 5] =
            [Topic::Search, Topic::Ingestion, Topic::Backup, Topic::Performance, Topic::Seismic];
        FOUND[variety as usize % FOUND.len()]
    }

    pub(super) fn first_look(self, variety: u32) -> &'static str {
        match self {
            Self::Ingestion => choose(
                variety,
                [
                    "I am going through the workflow service and the Airflow scheduler of your instance, starting with \
                 the runs that are still in the queue.",
                    "As a first step I am checking the state of the ingestion DAG's runs and the worker pool behind it.",
                ],
            ),
            Self::Search => choose(
                variety,
                [
                    "I am comparing the number of records in Storage with the index, and looking at the indexer's queue \
                 for messages that did not go through.",
                    "As a first step I am checking the health of the search cluster and the indexer's dead-letter queue.",
                ],
            ),
            Self::Access => choose(
                variety,
                [
                    "I am checking the entitlements service and its group memberships, and the token that the failing \
                 calls carry.",
                    "As a first step I am following one of the refused calls through the API gateway to see who refuses \
                 it.",
                ],
            ),
            Self::Storage => choose(
                variety,
                [
                    "I am looking at the errors of the Storage service for your data partition over the last hours.",
                    "As a first step I am checking the failing records against their schemas and legal tags.",
                ],
            ),
            Self::Seismic => choose(
                variety,
                [
                    "I am checking Seismic DMS for locks left over by interrupted sessions, and its storage back end.",
                    "As a first step I am looking at the Seismic DMS pods and their calls to object storage.",
                ],
            ),
            Self::Wellbore => choose(
                variety,
                [
                    "I am looking at the Wellbore DDMS workers and at the sessions that your calls opened.",
                    "As a first step I am replaying one of the failing Wellbore DDMS calls in our test partition.",
                ],
            ),
            Self::Performance => choose(
                variety,
                [
                    "I am comparing response times per service with last week's, and looking at the nodes for throttling.",
                    "As a first step I am collecting traces of the slowest calls of the last hours.",
                ],
            ),
            Self::Backup => choose(
                variety,
                [
                    "I am checking the backup vault and the job's log; the last good recovery point is safe.",
                    "As a first step I am verifying the last recovery point and the job that should have followed it.",
                ],
            ),
            Self::Other => choose(
                variety,
                [
                    "I am going through the health checks and the recent changes of your EDI instance.",
                    "As a first step I am looking at the logs of your instance around the time that you gave.",
                ],
            ),
        }
    }

    pub(super) fn question(self, variety: u32) -> &'static str {
        match self {
            Self::Ingestion => choose(
                variety,
                [
                    "Which runId or correlation id belongs to one of the runs that do not finish, and did the manifests \
                 change in size or kind since the last run that went well?",
                    "Could you attach one of the manifests, and tell me the data partition and the time (with time zone) \
                 at which you submitted it?",
                ],
            ),
            Self::Search => choose(
                variety,
                [
                    "Could you send me the full query and the id of one record that should be found but is not?",
                    "Which kinds are affected, and do you see the records when you read them from Storage by id?",
                ],
            ),
            Self::Access => choose(
                variety,
                [
                    "Which user or client id is refused, on which data partition, and since when? Please do not send any \
                 token or password.",
                    "Could you give me the correlation id of one refused call, and tell me whether group memberships were \
                 changed in the last days?",
                ],
            ),
            Self::Storage => choose(
                variety,
                [
                    "Could you send me the id and the kind of one record that fails, and the full answer of the service?",
                    "Does it happen with every kind, or only with some? The correlation id of one failing call would help.",
                ],
            ),
            Self::Seismic => choose(
                variety,
                [
                    "Which subproject and dataset path are affected, and which tool and version do you upload with?",
                    "Does it happen with every file or only with those over a certain size?",
                ],
            ),
            Self::Wellbore => choose(
                variety,
                [
                    "Could you send me the id of one wellbore or well log that fails, and the size of the bulk data?",
                    "Do you write in one call or in a session with chunks? The session id would help me.",
                ],
            ),
            Self::Performance => choose(
                variety,
                [
                    "Which calls are slow, how slow, and when (with time zone)? Is it all users or one location?",
                    "Did your load change, for example through a new batch job, around the time it began?",
                ],
            ),
            Self::Backup => choose(
                variety,
                [
                    "Are there changes planned on the instance today that would need a fresh recovery point first?",
                    "May we start the backup outside of the agreed window, which costs some performance for about an hour?",
                ],
            ),
            Self::Other => choose(
                variety,
                [
                    "Who is affected, since when (with time zone), and what did you expect to happen instead?",
                    "Could you give me the correlation id of one failing call and tell me what changed shortly before?",
                ],
            ),
        }
    }

    pub(super) fn finding(self, variety: u32) -> &'static str {
        match self {
            Self::Ingestion => choose(
                variety,
                [
                    "Two Airflow workers had lost their database connection and kept their slots, so new runs stayed in \
                 the queue.",
                    "The manifests reference a schema version that was not yet active in your partition, and the retries \
                 filled the queue.",
                ],
            ),
            Self::Search => choose(
                variety,
                [
                    "The indexer stopped at a batch with a mapping conflict, so everything behind it did not reach the \
                 index.",
                    "One shard of the index was read-only after a disk watermark was reached for a short time.",
                ],
            ),
            Self::Access => choose(
                variety,
                [
                    "The entitlements cache still held group memberships from before the last change.",
                    "The client's group was removed from users.datalake.viewers with the clean-up of last night.",
                ],
            ),
            Self::Storage => choose(
                variety,
                [
                    "The service refused the records because a legal tag in your partition had expired.",
                    "A burst of large batches made the database throttle, and the service answered with 500 instead of \
                 429.",
                ],
            ),
            Self::Seismic => choose(
                variety,
                [
                    "An interrupted upload left a write lock on the dataset, and later sessions waited for it.",
                    "The temporary credentials that Seismic DMS hands out were shorter-lived than a large upload takes.",
                ],
            ),
            Self::Wellbore => choose(
                variety,
                [
                    "Large sessions exceeded the memory of a Wellbore DDMS worker, which was restarted and lost them.",
                    "A chunk with a differing column type made the commit of the session fail.",
                ],
            ),
            Self::Performance => choose(
                variety,
                [
                    "One node group did not scale out because a subnet had run out of addresses.",
                    "A query without a kind filter ran every minute and took most of the search cluster's capacity.",
                ],
            ),
            Self::Backup => choose(
                variety,
                [
                    "The job ended early because the vault's key policy was out of date after a rotation.",
                    "The job overlapped with a maintenance task and was cancelled.",
                ],
            ),
            Self::Other => choose(
                variety,
                [
                    "I can reproduce it, and I have found the component that answers wrongly.",
                    "It began with a configuration change during yesterday's maintenance.",
                ],
            ),
        }
    }

    pub(super) fn fix(self, variety: u32) -> &'static str {
        match self {
            Self::Ingestion => choose(
                variety,
                [
                    "I have replaced the two workers and restarted the waiting runs; the queue is empty and your last \
                 runs have finished.",
                    "The schema version is active now, and I have restarted the failed runs. They have all finished.",
                ],
            ),
            Self::Search => choose(
                variety,
                [
                    "I have repaired the mapping and re-indexed the affected kinds; counts in Storage and in the index \
                 are equal again.",
                    "The index takes writes again and the backlog is worked off; new records are found within a minute.",
                ],
            ),
            Self::Access => choose(
                variety,
                [
                    "I have refreshed the entitlements cache and shortened its life. The refused calls succeed now.",
                    "The membership is restored, and the clean-up job no longer touches groups of service principals.",
                ],
            ),
            Self::Storage => choose(
                variety,
                [
                    "The legal tag is extended as its owner agreed, and records are accepted again.",
                    "I have raised the throughput of the database, and the service now answers 429 so that clients retry.",
                ],
            ),
            Self::Seismic => choose(
                variety,
                [
                    "I have released the lock, and locks of dead sessions now expire by themselves after ten minutes.",
                    "The credentials now live for as long as an upload may take. A test with 20 GB went through.",
                ],
            ),
            Self::Wellbore => choose(
                variety,
                [
                    "The workers have more memory, and a session of the same size was committed without errors.",
                    "The commit now names the chunk that does not fit. With that chunk corrected, the session commits.",
                ],
            ),
            Self::Performance => choose(
                variety,
                [
                    "The node group has a larger subnet and has scaled out. Response times are back to last week's.",
                    "The query is limited now, and the median response time is below 300 ms again.",
                ],
            ),
            Self::Backup => choose(
                variety,
                [
                    "I have corrected the key policy and run the job again: a complete recovery point is there.",
                    "The schedules no longer overlap, and tonight's backup has finished and was verified.",
                ],
            ),
            Self::Other => choose(
                variety,
                [
                    "The component is corrected and restarted, and I have verified it with the calls that you described.",
                    "I have rolled the configuration change back. All health checks are green.",
                ],
            ),
        }
    }

    /// Subject, observation and effect of an alarm.
    pub(super) fn alarm(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Search => (
                "Search index behind Storage in one data partition",
                "the indexer's queue has been growing for 20 minutes (over 12,000 messages)",
                "newly ingested records may be found with a delay of up to an hour",
            ),
            Self::Ingestion => (
                "Ingestion workflows waiting longer than usual",
                "workflow runs wait more than 15 minutes for a worker",
                "manifest ingestion takes longer; no data is lost",
            ),
            Self::Backup => (
                "Scheduled backup did not finish",
                "the nightly backup job ended without a complete recovery point",
                "none at present; the previous recovery point is intact",
            ),
            Self::Seismic => (
                "Raised error rate in Seismic DMS",
                "4 % of the calls to Seismic DMS end with HTTP 500",
                "uploads of large datasets may have to be repeated",
            ),
            Self::Performance | Self::Access | Self::Storage | Self::Wellbore | Self::Other => (
                "Raised latency of the EDI API",
                "the 95th percentile of response times is above 4 seconds in one Availability Zone",
                "applications may feel slow, single calls may time out",
            ),
        }
    }
}

fn choose<const N: usize>(variety: u32, choices: [&'static str; N]) -> &'static str {
    choices[variety as usize / 7 % N]
}
