//! Reads from a security descriptor (SDDL, "ACE strings" in Microsoft's documentation) which large groups may read.

/// Groups that hold more people than the user: their SDDL abbreviation, their SID, what people call them.
const GROUPS: [(&str, &str, &str); 8] = [
    ("WD", "S-1-1-0", "everyone"),
    ("AU", "S-1-5-11", "all who have signed in"),
    ("BU", "S-1-5-32-545", "all users of this computer"),
    ("BG", "S-1-5-32-546", "guests"),
    ("IU", "S-1-5-4", "all who sit at this computer"),
    ("NU", "S-1-5-2", "all who come over the network"),
    ("AN", "S-1-5-7", "anonymous visitors"),
    ("PU", "S-1-5-32-547", "power users"),
];

/// Rights that include reading a folder's files: abbreviations of SDDL.
const READ_RIGHTS: [&str; 6] = ["FA", "FR", "GA", "GR", "CC", "RP"];
/// `FILE_READ_DATA`, `GENERIC_ALL`, `GENERIC_READ`.
const READ_BITS: u64 = 0x1 | 0x1000_0000 | 0x8000_0000;

/// Returns the large groups to which an access control list grants reading; `None` if there are none.
pub(super) fn readers(sddl: &str) -> Option<String> {
    let list = sddl.split_once("D:")?.1;
    let mut found: Vec<&str> = Vec::new();
    for entry in list.split('(').skip(1).filter_map(|rest| rest.split(')').next()) {
        let fields: Vec<&str> = entry.split(';').collect();
        // Its flags do not matter: an entry that is only handed down is one of the files in the folder.
        let [kind, _, rights, _, _, trustee, ..] = fields.as_slice() else { continue };
        let allows = matches!(*kind, "A" | "XA" | "OA");
        if !allows || !may_read(rights) {
            continue;
        }
        let group = GROUPS.iter().find(|(short, sid, _)| trustee == short || trustee == sid);
        if let Some((_, _, name)) = group
            && !found.contains(name)
        {
            found.push(name);
        }
    }
    (!found.is_empty()).then(|| found.join(", "))
}

fn may_read(rights: &str) -> bool {
    if let Some(bits) = rights.strip_prefix("0x") {
        return u64::from_str_radix(bits, 16).is_ok_and(|bits| bits & READ_BITS != 0);
    }
    // Abbreviations have two letters each.
    rights.as_bytes().chunks(2).any(|pair| READ_RIGHTS.iter().any(|right| right.as_bytes() == pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_groups_that_may_read_are_named() {
        let table = [
            // A folder of a user's profile: the system, the administrators, the user.
            ("D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;S-1-5-21-1-2-3-1001)", None),
            // A new folder on drive C: the users read it, and those who are signed in change it.
            (
                "D:AI(A;OICIID;FA;;;BA)(A;OICIID;FA;;;SY)(A;OICIID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)(A;OICIIOID;SDGXGWGR;;;AU)",
                Some("all users of this computer, all who have signed in"),
            ),
            ("D:(A;;FA;;;WD)", Some("everyone")),
            ("O:BAG:SYD:(A;OICI;GR;;;S-1-1-0)", Some("everyone")),
            // What is forbidden, and rights that do not read.
            ("D:(D;;FA;;;WD)(A;;FA;;;SY)", None),
            ("D:(A;;0x100000;;;WD)", None),
            ("D:(A;;WD;;;BU)", None),
            ("", None),
            ("D:(A;;;", None),
        ];
        for (list, expected) in table {
            assert_eq!(readers(list).as_deref(), expected, "{list}");
        }
    }
}
