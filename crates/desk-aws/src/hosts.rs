//! Hosts and URLs of AWS's services by partition, and the canonical form of case ids.
//!
//! The endpoint is pinned by partition, whatever Region or `endpoint_url` a profile or the environment names: a wrong
//! one causes obscure errors, or a real incident that nobody receives.

use desk_model::Partition;

/// Returns the Region for which calls of the Support API are signed.
pub(super) fn region(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws => "us-east-1",
        Partition::AwsCn => "cn-north-1",
        Partition::AwsUsGov => "us-gov-west-1",
    }
}

/// Returns the DNS suffix of a partition's services.
pub(super) fn domain(partition: Partition) -> &'static str {
    match partition {
        Partition::Aws | Partition::AwsUsGov => "amazonaws.com",
        Partition::AwsCn => "amazonaws.com.cn",
    }
}

/// Returns the endpoints of the Support API with the Region for which their calls are signed: the main one, then its
/// standbys where AWS documents any (AWS General Reference, "AWS Support endpoints and quotas": every Region
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

/// Iterates over the hosts of the Support API's endpoints, the main one first.
pub(super) fn support_hosts(partition: Partition) -> impl Iterator<Item = String> {
    endpoints(partition).iter().map(|(_, url)| url.trim_start_matches("https://").to_owned())
}

/// Returns the host of STS in a partition.
pub fn sts_host(partition: Partition) -> String {
    format!("sts.{}.{}", region(partition), domain(partition))
}

/// Returns the host of IAM Identity Center's OIDC service in a Region.
pub(super) fn oidc_host(region: &str) -> String {
    format!("oidc.{region}.{}", domain(partition_of_region(region)))
}

/// Returns the host of IAM Identity Center's portal API in a Region, which lists accounts and roles and issues
/// credentials.
pub(super) fn portal_host(region: &str) -> String {
    format!("portal.sso.{region}.{}", domain(partition_of_region(region)))
}

/// Returns the partition of a Region.
pub(crate) fn partition_of_region(region: &str) -> Partition {
    if region.starts_with("cn-") {
        Partition::AwsCn
    } else if region.starts_with("us-gov-") {
        Partition::AwsUsGov
    } else {
        Partition::Aws
    }
}

/// Returns the URL of a case in Support Center, by its display id.
#[must_use]
pub fn console_url(partition: Partition, display_id: &str) -> String {
    let host = match partition {
        Partition::Aws => "console.aws.amazon.com",
        Partition::AwsCn => "console.amazonaws.cn",
        Partition::AwsUsGov => "console.amazonaws-us-gov.com",
    };
    // Display ids are digits; other characters could change the target of the link.
    let number: String = display_id.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("https://{host}/support/home#/case/?displayId={number}&language=en")
}

/// Returns the URL that opens `destination` through a portal of IAM Identity Center, which signs the user in (IAM
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

/// Removes the infix of a caseId (`case-<account>-<infix>-<year>-<hex>`), which varies between calls for the same case.
/// Text of another form is returned unchanged.
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

/// Extracts the AWS account number from a caseId.
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
