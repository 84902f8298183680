//! The layers of the product: which of its crates may use which, and which of them alone may use the AWS SDK.
//!
//! Cargo itself refuses dependency cycles; it does not know which of two crates is the lower one.

use crate::metadata::Package;

/// The product's crates from low to high: each may use those before it.
pub(crate) const LAYERS: [&str; 6] =
    ["desk-model", "desk-store", "desk-vault", "desk-network", "desk-aws", "desk-core"];

/// The layer that may use the AWS SDK.
const OF_AWS: &str = "desk-aws";
/// How the names of the SDK's packages begin.
const SDK: [&str; 5] = ["aws-sdk-", "aws-config", "aws-smithy-", "aws-types", "aws-runtime"];

/// Finds dependencies on a higher layer, and uses of the AWS SDK outside of its layer. Those of tests do not count.
pub(crate) fn breaches(packages: &[Package]) -> Vec<String> {
    let mut breaches = Vec::new();
    for (height, layer) in LAYERS.iter().enumerate() {
        let Some(package) = packages.iter().find(|package| package.name == *layer) else {
            breaches.push(format!("{layer} is a layer, but there is no such package"));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|dependency| dependency.kind.is_none()) {
            let name = dependency.name.as_str();
            if LAYERS.iter().skip(height).any(|higher| *higher == name) {
                breaches.push(format!("{layer} depends on {name}, which is above it"));
            }
            if *layer != OF_AWS && SDK.iter().any(|sdk| name.starts_with(sdk)) {
                breaches.push(format!("{layer} depends on {name}, which is for {OF_AWS} alone"));
            }
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metadata::Dependency;

    fn package(name: &str, dependencies: &[(&str, Option<&str>)]) -> Package {
        let dependencies = dependencies
            .iter()
            .map(|(name, kind)| Dependency { name: (*name).to_owned(), kind: kind.map(str::to_owned) })
            .collect();
        Package { name: name.to_owned(), dependencies, ..Package::default() }
    }

    fn house(changed: &[Package]) -> Vec<Package> {
        let layers = LAYERS.iter().map(|layer| package(layer, &[]));
        layers
            .map(|layer| changed.iter().find(|other| other.name == layer.name).cloned().unwrap_or(layer))
            .collect()
    }

    #[test]
    fn a_layer_uses_only_those_below_it() {
        let good = [
            package("desk-core", &[("desk-model", None), ("desk-aws", None), ("serde", None)]),
            package("desk-aws", &[("desk-network", None), ("aws-sdk-support", None)]),
            package("desk-store", &[("desk-model", None), ("desk-core", Some("dev"))]),
        ];
        assert_eq!(breaches(&house(&good)), Vec::<String>::new());
        let upward =
            [package("desk-store", &[("desk-vault", None)]), package("desk-model", &[("desk-model", None)])];
        assert_eq!(
            breaches(&house(&upward)),
            [
                "desk-model depends on desk-model, which is above it",
                "desk-store depends on desk-vault, which is above it"
            ]
        );
    }

    #[test]
    fn the_aws_sdk_is_for_one_layer() {
        let other = [package("desk-core", &[("aws-smithy-types", None), ("aws-sdk-support", Some("dev"))])];
        assert_eq!(
            breaches(&house(&other)),
            ["desk-core depends on aws-smithy-types, which is for desk-aws alone"]
        );
    }

    #[test]
    fn a_layer_that_is_gone_is_told() {
        assert_eq!(breaches(&house(&[])[1..]), ["desk-model is a layer, but there is no such package"]);
    }
}
