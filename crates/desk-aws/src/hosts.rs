//! Where the Support API and Support Center are, by partition, and how case ids are compared.
//!
//! The endpoint is pinned by partition, whatever Region or `endpoint_url` a profile or the environment names: a
//! wrong one gives obscure errors, or sends a real incident to nowhere.

use desk_model::Partition;

/// The Region that calls of the Support API are signed for.
pub(super) fn region(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws => "us-east-1",
        Partition::AwsCn => "cn-north-1",
        Partition::AwsUsGov => "us-gov-west-1",
    }
}

/// What the names of a partition's services end with.
pub(super) fn domain(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws | Partition::AwsUsGov => "amazonaws.com",
        Partition::AwsCn => "amazonaws.com.cn",
    }
}

/// The endpoints of the Support API, each with the Region that its calls are signed for: the main one first, then those
/// that stand in for it where AWS documents any (AWS General Reference, "AWS Support endpoints and quotas": every Region
/// of commercial AWS has one of these three).
pub(super) fn endpoints(partition: Partition) -> &'static [(&'static str, &'static str)] {
    match partition {
        Partition::Aws => &[
            ("us-east-1", "https://support.us-east-1.amazonaws.com"),
            ("us-west-2", "https://support.us-west-2.amazonaws.com"),
            ("eu-west-1", "https://support.eu-west-1.amazonaws.com"),
        ],
        Partition::AwsCn => &[("cn-north-1", "https://support.cn-north-1.amazonaws.com.cn")],
        Partition::AwsUsGov => &[("us-gov-west-1", "https://support.us-gov-west-1.amazonaws.com")],
    }
}

/// The hosts of the Support API's endpoints, the main one first.
pub(super) fn support_hosts(partition: Partition) -> impl Iterator<Item = String> {
    endpoints(partition).iter().map(|(_, url)| url.trim_start_matches("https://").to_owned())
}

/// The host of the STS that is asked.
pub fn sts_host(partition: Partition) -> String {
    format!("sts.{}.{}", region(partition), domain(partition))
}

/// The host at which one signs in to IAM Identity Center of a Region.
pub(super) fn oidc_host(region: &str) -> String {
    format!("oidc.{region}.{}", domain(partition_of_region(region)))
}

/// The host that tells which accounts and roles one has in IAM Identity Center of a Region, and gives their credentials.
pub(super) fn portal_host(region: &str) -> String {
    format!("portal.sso.{region}.{}", domain(partition_of_region(region)))
}

/// The partition that a Region is in.
pub(crate) fn partition_of_region(region: &str) -> Partition {
    if region.starts_with("cn-") {
        Partition::AwsCn
    } else if region.starts_with("us-gov-") {
        Partition::AwsUsGov
    } else {
        Partition::Aws
    }
}

/// The address of a case in Support Center, by the number that people say.
#[must_use]
pub fn console_url(partition: Partition, display_id: &str) -> String {
    let host = match partition {
        Partition::Aws => "console.aws.amazon.com",
        Partition::AwsCn => "console.amazonaws.cn",
        Partition::AwsUsGov => "console.amazonaws-us-gov.com",
    };
    // AWS gives digits; whatever else came could change where the link leads.
    let number: String = display_id.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("https://{host}/support/home#/case/?displayId={number}&language=en")
}

/// The same address by way of a portal of IAM Identity Center, which signs in without a secret in the address (IAM
/// Identity Center User Guide, "Create shortcut links").
#[must_use]
pub fn portal_console_url(start_url: &str, account_number: &str, role: &str, destination: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("account_id", account_number)
        .append_pair("role_name", role)
        .append_pair("destination", destination)
        .finish();
    format!("{}/#/console?{query}", start_url.trim_end_matches('/'))
}

/// A caseId (`case-<account>-<infix>-<year>-<hex>`) without its infix, which varies between calls for one and the
/// same case. What does not look like a caseId stays as it is.
#[must_use]
pub fn canonical_case_id(case_id: &str) -> String {
    let parts: Vec<&str> = case_id.split('-').collect();
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.as_slice() {
        ["case", account, infix @ .., year, hex] if !infix.is_empty() && is_year(year) => {
            format!("case-{account}-{year}-{hex}")
        }
        _ => case_id.to_owned(),
    }
}

/// The twelve digits of the AWS account in a caseId.
pub fn account_number(case_id: &str) -> Option<&str> {
    let number = case_id.strip_prefix("case-")?.split('-').next()?;
    (number.len() == 12 && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_varying_infix_is_left_out_of_a_case_id() {
        let canonical = "case-123456789012-2026-c4c1d2bf33c5cf47";
        for case_id in [
            "case-123456789012-muen-2026-c4c1d2bf33c5cf47",
            "case-123456789012-mufr-2026-c4c1d2bf33c5cf47",
            "case-123456789012-mu-en-2026-c4c1d2bf33c5cf47",
            canonical,
        ] {
            assert_eq!(canonical_case_id(case_id), canonical, "{case_id}");
        }
        for other in ["", "case", "case-1-2", "something else", "case-123456789012-muen-26-abc"] {
            assert_eq!(canonical_case_id(other), other);
        }
    }

    #[test]
    fn the_account_number_is_read_off_a_case_id() {
        assert_eq!(account_number("case-123456789012-muen-2026-c4"), Some("123456789012"));
        assert_eq!(account_number("case-12345678901-muen-2026-c4"), None);
        assert_eq!(account_number("123456789012"), None);
    }

    #[test]
    fn a_portal_leads_to_the_console() {
        let destination = console_url(Partition::Aws, "1712");
        assert_eq!(
            portal_console_url(
                "https://norvik.awsapps.com/start",
                "123456789012",
                "EdiSupport",
                &destination
            ),
            "https://norvik.awsapps.com/start/#/console?account_id=123456789012&role_name=EdiSupport&destination=https%3A%2F%2Fconsole.aws.amazon.com%2Fsupport%2Fhome%23%2Fcase%2F%3FdisplayId%3D1712%26language%3Den"
        );
    }

    #[test]
    fn each_partition_has_its_own_endpoints_and_console() {
        let table: [(Partition, &str, &[&str], &str); 3] = [
            (
                Partition::Aws,
                "us-east-1",
                &[
                    "https://support.us-east-1.amazonaws.com",
                    "https://support.us-west-2.amazonaws.com",
                    "https://support.eu-west-1.amazonaws.com",
                ],
                "https://console.aws.amazon.com/",
            ),
            (
                Partition::AwsCn,
                "cn-north-1",
                &["https://support.cn-north-1.amazonaws.com.cn"],
                "https://console.amazonaws.cn/",
            ),
            (
                Partition::AwsUsGov,
                "us-gov-west-1",
                &["https://support.us-gov-west-1.amazonaws.com"],
                "https://console.amazonaws-us-gov.com/",
            ),
        ];
        for (partition, home, urls, console) in table {
            let endpoints = endpoints(partition);
            assert_eq!(endpoints.iter().map(|(_, url)| *url).collect::<Vec<_>>(), urls);
            assert_eq!((endpoints[0].0, region(partition)), (home, home));
            for (its_region, url) in endpoints {
                assert_eq!(*url, format!("https://support.{its_region}.{}", domain(partition)));
                assert_eq!(partition_of_region(its_region), partition);
            }
            assert!(console_url(partition, "1").starts_with(console), "{partition:?}");
        }
        assert_eq!(
            console_url(Partition::Aws, "171234567890123"),
            "https://console.aws.amazon.com/support/home#/case/?displayId=171234567890123&language=en"
        );
        assert!(console_url(Partition::AwsCn, "1").starts_with("https://console.amazonaws.cn/"));
        assert!(console_url(Partition::AwsUsGov, "1&x=/..").ends_with("displayId=1x&language=en"));
        assert_eq!(partition_of_region("eu-west-1"), Partition::Aws);
    }

    proptest! {
        #[test]
        fn a_canonical_id_stays_as_it_is(case_id in "(case-)?[a-z0-9-]{0,40}|.{0,40}") {
            let once = canonical_case_id(&case_id);
            prop_assert_eq!(canonical_case_id(&once), once);
        }
    }
}
