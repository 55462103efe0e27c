//! The scores: how many states were tried, how many left everything else as it was, and of which kinds the others are.
//!
//! It owns the figures and their print. It must not know how a state is judged.

use std::collections::BTreeMap;

const SHOWN: usize = 40;

/// The states of one kind.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) fresh: Score,
    pub(crate) incremental: Score,
    pub(crate) theirs: Score,
    /// States that lost something, by their cause: how many, and one of them.
    pub(crate) damaged: BTreeMap<String, (usize, String)>,
    /// Trees after an edit that are not those of a fresh parse.
    pub(crate) unequal: Vec<String>,
}

#[derive(Default, Clone, Copy)]
pub(crate) struct Score {
    pub(crate) states: usize,
    pub(crate) intact: usize,
}

impl Score {
    pub(crate) fn add(&mut self, intact: bool) {
        self.states += 1;
        self.intact += usize::from(intact);
    }

    fn merge(&mut self, other: Self) {
        self.states += other.states;
        self.intact += other.intact;
    }

    #[allow(clippy::cast_precision_loss)]
    pub(crate) fn percent(self) -> f64 {
        100.0 * self.intact as f64 / self.states.max(1) as f64
    }
}

pub(crate) type Tallies = BTreeMap<&'static str, Tally>;

pub(crate) fn merge(all: &mut Tallies, part: Tallies) {
    for (name, tally) in part {
        let sum = all.entry(name).or_default();
        sum.fresh.merge(tally.fresh);
        sum.incremental.merge(tally.incremental);
        sum.theirs.merge(tally.theirs);
        sum.unequal.extend(tally.unequal);
        for (cause, (count, example)) in tally.damaged {
            sum.damaged.entry(cause).or_insert((0, example)).0 += count;
        }
    }
}

/// Prints the table and the causes. Gives the sums of our states, judged fresh and incrementally.
pub(crate) fn print(tallies: &Tallies) -> [Score; 2] {
    let mut sums = [Score::default(); 2];
    let mut causes: Vec<(&str, &str, &(usize, String))> = Vec::new();
    println!("{:18} {:>7} {:>9} {:>12} {:>7} {:>9}", "typed", "states", "fresh", "incremental", "states", "python");
    for (name, tally) in tallies {
        let (ours, theirs) = (tally.fresh, tally.theirs);
        print!("{name:18} {:7} {:8.2}% {:11.2}%", ours.states, ours.percent(), tally.incremental.percent());
        println!(" {:7} {:8.2}%", theirs.states, theirs.percent());
        sums[0].merge(ours);
        sums[1].merge(tally.incremental);
        causes.extend(tally.damaged.iter().map(|(cause, found)| (*name, cause.as_str(), found)));
    }
    causes.sort_by_key(|it| std::cmp::Reverse(it.2.0));
    println!("\n{} kinds of states lose something:", causes.len());
    for (name, cause, (count, example)) in causes.iter().take(SHOWN) {
        println!("{count:6} x {name}: {cause}\n         {example}");
    }
    for unequal in tallies.values().flat_map(|it| &it.unequal).take(SHOWN) {
        println!("not the fresh tree: {unequal}");
    }
    sums
}
