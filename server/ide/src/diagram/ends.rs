//! Where lines meet the boxes that they link: at right angles, side by side.

use super::layout::{Path, Point, Size};

/// How far a line goes straight on from a box, so that the sign at its end stands upright.
const STUB: f64 = 24.0;

/// A box: its upper left corner, its size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) corner: Point,
    pub(super) size: Size,
    /// Whether lines go from left to right rather than downwards.
    pub(super) is_beside: bool,
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Left,
    Right,
    Top,
    Bottom,
}

/// An end of a line, by the index of the line and whether it is the last point.
struct End {
    path: usize,
    is_last: bool,
    side: Side,
    /// Where the line comes from, along the side.
    along: f64,
}

impl Frame {
    /// The side that a line from `point` meets.
    fn side_towards(&self, point: Point) -> Side {
        let (x, y) = (self.corner.x + self.size.width / 2.0, self.corner.y + self.size.height / 2.0);
        match self.is_beside {
            true if point.x < x => Side::Left,
            true => Side::Right,
            false if point.y < y => Side::Top,
            false => Side::Bottom,
        }
    }

    /// The point at this part of a side, and the one right before it.
    fn ending(&self, side: Side, part: f64) -> (Point, Point) {
        let x = self.corner.x + self.size.width * part;
        let y = self.corner.y + self.size.height * part;
        let (left, right) = (self.corner.x, self.corner.x + self.size.width);
        let (top, bottom) = (self.corner.y, self.corner.y + self.size.height);
        match side {
            Side::Left => (Point { x: left, y }, Point { x: left - STUB, y }),
            Side::Right => (Point { x: right, y }, Point { x: right + STUB, y }),
            Side::Top => (Point { x, y: top }, Point { x, y: top - STUB }),
            Side::Bottom => (Point { x, y: bottom }, Point { x, y: bottom + STUB }),
        }
    }
}

/// Lets the ends of all lines that meet a box meet it side by side. `ends` are the lines by index, with whether the box is
/// where they end rather than begin.
pub(super) fn spread(frame: Frame, ends: &[(usize, bool)], paths: &mut [Path]) {
    let mut all: Vec<End> = ends
        .iter()
        .filter_map(|&(path, is_last)| {
            let points = &paths[path].points;
            let before = if is_last { points.len().checked_sub(2) } else { Some(1) };
            let from = *points.get(before?)?;
            let side = frame.side_towards(from);
            let along = if matches!(side, Side::Left | Side::Right) { from.y } else { from.x };
            Some(End { path, is_last, side, along })
        })
        .collect();
    all.sort_by(|a, b| a.side.cmp(&b.side).then(a.along.total_cmp(&b.along)));
    for group in all.chunk_by(|a, b| a.side == b.side) {
        let count = as_f64(group.len()) + 1.0;
        for (index, end) in group.iter().enumerate() {
            let (at, before) = frame.ending(end.side, (as_f64(index) + 1.0) / count);
            let points = &mut paths[end.path].points;
            if end.is_last {
                points.pop();
                points.extend([before, at]);
            } else {
                points.splice(..1, [at, before]);
            }
        }
    }
}

/// A small number.
pub(super) fn as_f64(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
