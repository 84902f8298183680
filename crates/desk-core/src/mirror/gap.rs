//! Why some of a case's correspondence is missing on this computer.

use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why some of a case's correspondence is missing. What AWS gave otherwise is shown all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Gap {
    /// DescribeCommunications is not permitted, so only the five newest messages come.
    Denied,
    /// AWS gave some of it in a form that cannot be read.
    Unreadable,
}

impl Gap {
    const ALL: [Self; 2] = [Self::Denied, Self::Unreadable];

    fn text(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Unreadable => "unreadable",
        }
    }
}

impl ToSql for Gap {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.text().into())
    }
}

impl FromSql for Gap {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        Self::ALL.into_iter().find(|gap| gap.text() == text).ok_or(FromSqlError::InvalidType)
    }
}
