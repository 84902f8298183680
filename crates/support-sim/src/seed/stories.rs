//! What people of EDI's customers report, with places to fill in.

use rand::RngExt;
use rand::rngs::StdRng;

/// A report and what its author says later. `{p}` is the data partition, `{r}` the Region, `{n}` a number.
pub(super) struct Story {
    pub(super) subject: &'static str,
    pub(super) description: &'static str,
    pub(super) replies: &'static [&'static str],
}

pub(super) const AUTHORS: [&str; 5] = [
    "AdminRole (Role) <jane@example.com>",
    "DataManager (Role) <kari.nordmann@example.com>",
    "PlatformEngineer (Role) <luis.ortega@example.com>",
    "Geoscience (Role) <amina.diallo@example.com>",
    "AdminRole (Role) <ben.carter@example.com>",
];

const PARTITIONS: [&str; 6] = ["opendes", "northsea", "gulf-prod", "brage-test", "campos", "carnarvon"];
const REGIONS: [&str; 4] = ["us-east-1", "eu-west-1", "sa-east-1", "ap-southeast-2"];

/// What fills a story's places.
pub(super) struct Place {
    partition: &'static str,
    region: &'static str,
    number: u32,
}

impl Place {
    pub(super) fn random(rng: &mut StdRng) -> Self {
        Self {
            partition: PARTITIONS[rng.random_range(0..PARTITIONS.len())],
            region: REGIONS[rng.random_range(0..REGIONS.len())],
            number: rng.random_range(12..980),
        }
    }

    pub(super) fn fill(&self, text: &str) -> String {
        text.replace("{p}", self.partition)
            .replace("{r}", self.region)
            .replace("{n}", &self.number.to_string())
    }
}

pub(super) const STORIES: [Story; 12] = [
    Story {
        subject: "Manifest ingestion in {p} stays in state submitted",
        description: "Who: the data management team. What: workflow runs of Osdu_ingest in partition {p} ({r}) stay \
                      in state \"submitted\", {n} of them by now.\nSince: this morning, about 06:40 UTC. Nothing was \
                      changed on our side.\nHow to reproduce: submit any manifest, the run never starts.",
        replies: &[
            "The runId of one of them is 8d1f-{n}. The manifests have the same kinds as last week.",
            "Two more runs got stuck in the meantime, all others are still waiting.",
        ],
    },
    Story {
        subject: "Search in {p} does not find new wells",
        description: "Wells that were ingested yesterday can be read from Storage by id but Search does not return \
                      them. Partition {p}, kind osdu:wks:master-data--Well:1.0.0, {n} records are missing.",
        replies: &[
            "The query is {\"kind\":\"osdu:wks:master-data--Well:1.*.*\"}; a record that is missing is \
             {p}:master-data--Well:{n}.",
            "About half of them are found now.",
        ],
    },
    Story {
        subject: "403 for the members of data.{p}.viewers since last night",
        description: "Our geoscientists get HTTP 403 from Storage and Search in partition {p}. They are in the same \
                      entitlements groups as before. About {n} users are affected.",
        replies: &["It is everyone in that group, with any client. Nobody changed the memberships."],
    },
    Story {
        subject: "Seismic DMS upload to {p} ends after about {n} minutes",
        description: "Uploads of SEG-Y files larger than 10 GB with sdutil to Seismic DMS in {p} end with \"token \
                      expired\". Smaller files go through.",
        replies: &["We use sdutil 0.0.8. It fails in every subproject that we tried."],
    },
    Story {
        subject: "Wellbore DDMS answers 500 when a session is committed ({p})",
        description: "Committing a session with more than {n} chunks fails with HTTP 500 in partition {p}, Region \
                      {r}. The chunks themselves are accepted.",
        replies: &["The session had {n} chunks of 10 MB each. With half of that it works."],
    },
    Story {
        subject: "EDI API slow in {r}",
        description: "All calls to our instance in {r} take 5 to {n} seconds since 08:00 UTC. Dashboards time out. \
                      Production is affected, the drilling team waits for data.",
        replies: &["It got better for some minutes and is slow again now.", "No new batch jobs on our side."],
    },
    Story {
        subject: "Nightly backup of instance edi-{p} is missing",
        description: "There is no recovery point of last night for edi-{p} in {r}; the one before is from {n} hours \
                      ago. Please check the backup job.",
        replies: &["You may start it outside of the window."],
    },
    Story {
        subject: "Schema cannot be registered in {p}",
        description: "POST /schema answers 400 \"invalid schema\" in {p} for a kind that works in our test partition. \
                      Correlation id 51c2-{n}.",
        replies: &["The same file is accepted in the test partition, byte for byte."],
    },
    Story {
        subject: "Records refused with \"invalid legal tag\" in {p}",
        description: "Since today Storage refuses our records with \"invalid legal tag\" although the tag exists: \
                      {p}-public-usa-dataset. {n} records are waiting.",
        replies: &["The tag was made two years ago by a colleague who has left."],
    },
    Story {
        subject: "Network connection from our site to edi-{p} is lost",
        description: "Our private connection to the instance in {r} is down since 11:20 UTC; through the internet it \
                      works. About {n} people cannot work.",
        replies: &["Our network team sees no change on our router."],
    },
    Story {
        subject: "Dataset registration returns a signed URL that is refused",
        description: "In {p} the File service gives an upload URL, but the PUT answers 403 SignatureDoesNotMatch. \
                      It happens with about {n} % of the files.",
        replies: &["It is files with a plus sign in the name, as far as we can see."],
    },
    Story {
        subject: "Unit conversion gives wrong values in {p}",
        description: "Trajectories that are read with conversion to metres come back in feet since the upgrade, kind \
                      work-product-component--WellboreTrajectory, partition {p}. {n} trajectories were checked.",
        replies: &["All of them come from the same ingestion of last year."],
    },
];
