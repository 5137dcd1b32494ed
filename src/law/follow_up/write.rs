//! Writing a register in the form in which it is read.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::Register;
use super::event::{FollowUpEvent, Happening};
use super::project::Followed;

impl Serialize for Register {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("as-of", &self.as_of)?;
        map.serialize_entry("project", &self.projects)?;
        map.end()
    }
}

impl Serialize for Followed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("edition", &self.edition)?;
        map.serialize_entry("voted", &self.voted)?;
        map.serialize_entry("awarded", &self.awarded)?;
        if let Some(grant) = &self.grant {
            map.serialize_entry("grant", grant)?;
        }
        if let Some(day) = &self.deliver_by {
            map.serialize_entry("deliver-by", day)?;
        }
        if let Some(support) = &self.support {
            map.serialize_entry("support", support)?;
        }
        if !self.events.is_empty() {
            map.serialize_entry("event", &self.events)?;
        }
        map.end()
    }
}

impl Serialize for FollowUpEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("what", self.what.code())?;
        map.serialize_entry("on", &self.on)?;
        match &self.what {
            Happening::Stalled { missing, .. } => map.serialize_entry("missing", missing)?,
            Happening::CostChanged { from, to, .. } => {
                map.serialize_entry("from", from)?;
                map.serialize_entry("to", to)?;
            }
            Happening::ToppedUp { amount } | Happening::GaveBack { amount } => {
                map.serialize_entry("amount", amount)?;
            }
            _ => {}
        }
        if let Some(cause) = self.what.cause() {
            map.serialize_entry("cause", cause)?;
        }
        if let Some(source) = &self.source {
            map.serialize_entry("source", source)?;
        }
        map.end()
    }
}
