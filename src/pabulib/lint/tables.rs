//! The sections of a file as tables that keep every place, however odd the file is.
//!
//! Nothing is copied: a row is a line of the text, and its cells are found again whenever they are asked
//! for. So a table takes a few words a line, whatever the number of cells.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::diagnostic::{Place, Section, place_in};
use super::super::lexer::{Cell, Line, Quoting, cells, lines};
use super::super::limits::ReadLimits;

/// The three sections, each as far as it can be made out.
#[derive(Debug)]
pub(super) struct Sheet<'a> {
    /// The rows of META, in order.
    pub(super) meta: Vec<Entry<'a>>,
    /// The line that says `META`; 0 where there is none.
    pub(super) meta_line: u64,
    pub(super) projects: Table<'a>,
    pub(super) votes: Table<'a>,
}

/// A row of META.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) key: Field<'a>,
    pub(super) value: Field<'a>,
}

/// A section with a header row.
#[derive(Debug)]
pub(super) struct Table<'a> {
    pub(super) section: Section,
    /// The line that names the section; 0 where there is none.
    pub(super) line: u64,
    pub(super) columns: Vec<Field<'a>>,
    pub(super) rows: Vec<Line<'a>>,
}

/// A cell and where it is.
#[derive(Debug, Clone)]
pub(super) struct Field<'a> {
    pub(super) section: Section,
    pub(super) line: Line<'a>,
    pub(super) cell: Cell<'a>,
}

/// A distinct value of a column.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    /// Where it is first.
    pub(super) field: Field<'a>,
    /// How often it occurs.
    pub(super) count: u64,
}

impl Field<'_> {
    /// The value without blanks around it.
    pub(super) fn text(&self) -> &str {
        self.cell.text.trim()
    }

    pub(super) fn place(&self) -> Place {
        place_in(
            self.section,
            self.line.number,
            self.line.text,
            self.cell.start,
            self.cell.raw,
        )
    }

    /// The items of a list, without blanks around them; none if the value is empty.
    pub(super) fn items(&self) -> impl Iterator<Item = &str> {
        let text = self.text();
        text.split(',').filter(|_| !text.is_empty()).map(str::trim)
    }

    /// How to write a value into this cell, quoted as it was; `None` where the cell is too odd to touch.
    pub(super) fn written(&self, value: &str) -> Option<String> {
        match self.cell.quoting {
            Quoting::Plain => (!value.starts_with('"')).then(|| value.to_owned()),
            Quoting::Quoted => Some(format!("\"{}\"", value.replace('"', "\"\""))),
            Quoting::Unclosed | Quoting::TextAfterQuote => None,
        }
    }
}

impl<'a> Table<'a> {
    fn new(section: Section) -> Table<'a> {
        Table {
            section,
            line: 0,
            columns: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// The position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.text() == name)
    }

    /// A cell of a row.
    pub(super) fn cell(&self, row: Line<'a>, column: usize) -> Option<Field<'a>> {
        cells(row.text).nth(column).map(|cell| Field {
            section: self.section,
            line: row,
            cell,
        })
    }

    /// The cells of a row.
    pub(super) fn fields(&self, row: Line<'a>) -> impl Iterator<Item = Field<'a>> + use<'a> {
        let section = self.section;
        cells(row.text).map(move |cell| Field {
            section,
            line: row,
            cell,
        })
    }

    /// The cells of a column, row by row, where the rows have it.
    pub(super) fn values(&self, column: usize) -> impl Iterator<Item = Field<'a>> {
        self.rows
            .iter()
            .filter_map(move |&row| self.cell(row, column))
    }

    /// The distinct values of a column that are not empty, each where it is first.
    pub(super) fn distinct(&self, name: &str) -> BTreeMap<Cow<'a, str>, Seen<'a>> {
        let mut seen: BTreeMap<Cow<'a, str>, Seen<'a>> = BTreeMap::new();
        for field in self
            .column(name)
            .into_iter()
            .flat_map(|column| self.values(column))
        {
            if field.text().is_empty() {
                continue;
            }
            let value = trimmed(&field.cell.text);
            match seen.get_mut(&value) {
                Some(known) => known.count += 1,
                None => {
                    seen.insert(value, Seen { field, count: 1 });
                }
            }
        }
        seen
    }
}

/// A value without blanks around it, borrowed from the file where that is possible.
pub(super) fn trimmed<'a>(text: &Cow<'a, str>) -> Cow<'a, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// Which section a line names, if it does. Spreadsheets pad the name with separators.
fn section_of(text: &str) -> Option<Section> {
    if text.len() > 24 {
        return None;
    }
    let name = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | ','));
    [
        ("META", Section::Meta),
        ("PROJECTS", Section::Projects),
        ("VOTES", Section::Votes),
    ]
    .into_iter()
    .find(|(known, _)| known.eq_ignore_ascii_case(name))
    .map(|(_, section)| section)
}

impl<'a> Sheet<'a> {
    /// The tables of a text. Of a section that occurs twice the first counts; what is beyond the limits is
    /// left out, since the reader refuses such a file.
    pub(super) fn new(text: &'a str, limits: &ReadLimits) -> Sheet<'a> {
        let mut sheet = Sheet {
            meta: Vec::new(),
            meta_line: 0,
            projects: Table::new(Section::Projects),
            votes: Table::new(Section::Votes),
        };
        let mut current = None;
        let mut header_next = false;
        for line in lines(text.strip_prefix('\u{feff}').unwrap_or(text)) {
            if line.text.len() > limits.line_bytes() || line.text.trim().is_empty() {
                continue;
            }
            if let Some(section) = section_of(line.text) {
                current = sheet.begin(section, line.number);
                header_next = true;
            } else if header_next {
                sheet.header(current, line, limits.cells());
                header_next = false;
            } else {
                sheet.row(current, line, limits);
            }
        }
        sheet
    }

    /// Begins a section; `None` if it has been before.
    fn begin(&mut self, section: Section, number: u64) -> Option<Section> {
        let line = match section {
            Section::Meta => &mut self.meta_line,
            Section::Projects => &mut self.projects.line,
            Section::Votes => &mut self.votes.line,
            Section::File => return None,
        };
        (*line == 0).then(|| {
            *line = number;
            section
        })
    }

    fn header(&mut self, current: Option<Section>, line: Line<'a>, most: usize) {
        let table = match current {
            Some(Section::Projects) => &mut self.projects,
            Some(Section::Votes) => &mut self.votes,
            _ => return,
        };
        let section = table.section;
        table.columns = cells(line.text)
            .take(most)
            .map(|cell| Field {
                section,
                line,
                cell,
            })
            .collect();
    }

    fn row(&mut self, current: Option<Section>, line: Line<'a>, limits: &ReadLimits) {
        match current {
            Some(Section::Meta) if self.meta.len() < limits.meta_entries() => {
                let mut row = cells(line.text).map(|cell| Field {
                    section: Section::Meta,
                    line,
                    cell,
                });
                if let (Some(key), Some(value)) = (row.next(), row.next()) {
                    self.meta.push(Entry { key, value });
                }
            }
            Some(Section::Projects) if self.projects.rows.len() < limits.projects() => {
                self.projects.rows.push(line);
            }
            Some(Section::Votes) if self.votes.rows.len() < limits.votes() => {
                self.votes.rows.push(line);
            }
            _ => {}
        }
    }

    /// The value of a META field that is there and not empty.
    pub(super) fn meta(&self, key: &str) -> Option<&Field<'a>> {
        self.meta
            .iter()
            .find(|entry| entry.key.text() == key)
            .map(|entry| &entry.value)
            .filter(|value| !value.text().is_empty())
    }
}
