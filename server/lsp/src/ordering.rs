//! The order of an open document's changes. Some clients send them out of order when one types fast; a change that
//! skips a version is held until the gap is filled, or until waiting longer would be noticed.

use std::collections::BTreeMap;

/// Brings changes `T` of one document into the order of their versions.
pub(crate) struct Ordering<T> {
    /// The highest version that was let through.
    last: i32,
    /// Changes that came too early.
    held: BTreeMap<i32, T>,
    /// Counts how often holding began; a timer knows by it whether it is still meant.
    round: u64,
    /// Versions were skipped and never came, so this client does not count by one, and nothing is held for it.
    skips_versions: bool,
}

/// What to do with a change.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict<T> {
    /// Apply these, in this order, each with its version.
    Apply(Vec<(i32, T)>),
    /// Wait. The number is that of a waiting round that just began; `None` if one is under way.
    Held(Option<u64>),
}

impl<T> Ordering<T> {
    /// The order of a document that was opened at this version.
    pub(crate) fn new(version: i32) -> Self {
        Self { last: version, held: BTreeMap::new(), round: 0, skips_versions: false }
    }

    /// A change to `version` has arrived.
    pub(crate) fn arrived(&mut self, version: i32, change: T) -> Verdict<T> {
        if version <= self.last {
            // It was given up waiting for, or the client does not count. In either case it is best applied now.
            self.skips_versions = false;
            return Verdict::Apply(vec![(self.last, change)]);
        }
        if version == self.last.saturating_add(1) || self.skips_versions {
            let mut res = vec![(version, change)];
            self.last = version;
            while let Some(next) = self.held.remove(&self.last.saturating_add(1)) {
                self.last = self.last.saturating_add(1);
                res.push((self.last, next));
            }
            return Verdict::Apply(res);
        }
        let is_first = self.held.is_empty();
        self.round += u64::from(is_first);
        self.held.insert(version, change);
        Verdict::Held(is_first.then_some(self.round))
    }

    /// The time to wait in this round is over: what is held, in order.
    pub(crate) fn expired(&mut self, round: u64) -> Vec<(i32, T)> {
        if round != self.round || self.held.is_empty() {
            return Vec::new();
        }
        self.skips_versions = true;
        let held: Vec<_> = std::mem::take(&mut self.held).into_iter().collect();
        self.last = held.last().map_or(self.last, |it| it.0);
        held
    }

    /// Whether a change is held.
    pub(crate) fn is_holding(&self) -> bool {
        !self.held.is_empty()
    }

    /// The highest version that has arrived.
    pub(crate) fn newest(&self) -> i32 {
        self.held.keys().next_back().copied().unwrap_or(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_in_order_pass() {
        let mut it = Ordering::new(1);
        assert_eq!(it.arrived(2, 'a'), Verdict::Apply(vec![(2, 'a')]));
        assert_eq!(it.arrived(3, 'b'), Verdict::Apply(vec![(3, 'b')]));
        assert!(!it.is_holding());
    }

    #[test]
    fn a_change_that_is_early_waits_for_those_before_it() {
        let mut it = Ordering::new(1);
        assert_eq!(it.arrived(4, 'c'), Verdict::Held(Some(1)));
        assert_eq!(it.arrived(3, 'b'), Verdict::Held(None));
        assert_eq!(it.newest(), 4);
        assert_eq!(it.arrived(2, 'a'), Verdict::Apply(vec![(2, 'a'), (3, 'b'), (4, 'c')]));
        assert!(it.expired(1).is_empty());
    }

    #[test]
    fn what_never_comes_is_not_waited_for_twice() {
        let mut it = Ordering::new(1);
        assert_eq!(it.arrived(4, 'b'), Verdict::Held(Some(1)));
        assert_eq!(it.arrived(3, 'a'), Verdict::Held(None));
        assert_eq!(it.expired(1), [(3, 'a'), (4, 'b')]);
        assert_eq!(it.arrived(6, 'c'), Verdict::Apply(vec![(6, 'c')]));
    }

    #[test]
    fn a_late_change_is_applied_and_shows_that_the_client_counts() {
        let mut it = Ordering::new(1);
        assert_eq!(it.arrived(3, 'b'), Verdict::Held(Some(1)));
        assert_eq!(it.expired(1), [(3, 'b')]);
        assert_eq!(it.arrived(2, 'a'), Verdict::Apply(vec![(3, 'a')]));
        assert_eq!(it.arrived(5, 'd'), Verdict::Held(Some(2)));
    }

    #[test]
    fn a_client_that_does_not_count_is_served() {
        let mut it = Ordering::new(0);
        assert_eq!(it.arrived(0, 'a'), Verdict::Apply(vec![(0, 'a')]));
        assert_eq!(it.arrived(0, 'b'), Verdict::Apply(vec![(0, 'b')]));
    }
}
