//! Areas that are parts of others.

use super::id::AreaIx;
use super::instance::Instance;

impl Instance {
    /// The areas of which this one is a part, the smallest first.
    pub(crate) fn around(&self, area: AreaIx) -> Vec<AreaIx> {
        let mut around = Vec::new();
        let mut next = Some(area);
        // The instance has no circles of parts; there are never more than there are areas.
        while around.len() < self.areas().len() {
            let parent = next
                .and_then(|area| self.area(area))
                .and_then(|area| area.parent.as_deref())
                .and_then(|parent| self.find_area(parent));
            let Some(parent) = parent else { break };
            around.push(parent);
            next = Some(parent);
        }
        around
    }

    /// Is an area another one or a part of it?
    pub(crate) fn is_within(&self, part: AreaIx, whole: AreaIx) -> bool {
        part == whole || self.around(part).contains(&whole)
    }
}
