//! Columns and amounts of the text.

use std::fmt::Write as _;

use quartier::election::Money;

/// A table as text: columns of numbers are aligned to the right.
pub(crate) struct Columns {
    pub(crate) rows: Vec<Vec<String>>,
    right: Vec<usize>,
}

impl Columns {
    pub(crate) fn new(header: &[&str], right: &[usize]) -> Columns {
        let header = header.iter().map(|&cell| cell.to_owned()).collect();
        Columns {
            rows: vec![header],
            right: right.to_vec(),
        }
    }

    pub(crate) fn print(&self, text: &mut String) {
        let columns = self.rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.rows {
            let mut line = String::from(" ");
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let blanks = " ".repeat(width.saturating_sub(cell.chars().count()));
                if self.right.contains(&column) {
                    let _ = write!(line, " {blanks}{cell} ");
                } else {
                    let _ = write!(line, " {cell}{blanks} ");
                }
            }
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
}

/// An amount with its digits in groups of three.
pub(crate) fn grouped(amount: Money) -> String {
    let text = amount.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let digits: Vec<char> = whole.chars().collect();
    let mut grouped = String::new();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && *digit != '-' {
            grouped.push(' ');
        }
        grouped.push(*digit);
    }
    if !decimals.is_empty() {
        grouped.push('.');
        grouped.push_str(decimals);
    }
    grouped
}
