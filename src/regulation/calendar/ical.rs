//! An agenda as iCalendar: RFC 5545.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::election::Date;

use super::agenda::{Agenda, Entry};

/// The most octets of a line, its end not counted (RFC 5545, section 3.1).
const OCTETS: usize = 75;

impl Agenda {
    /// The agenda as iCalendar text (RFC 5545), for the calendars of phones and offices.
    ///
    /// Each entry is an event of whole days, without hour and time zone; its end is the day after its last, as the
    /// standard wants it. Its UID is the start of SHA-256(regulation, edition, key), each preceded by its length: it does
    /// not change with days and language, so a file that is published again moves the entries and doubles none. The
    /// stamp is the day that is stated, at midnight UTC, never the clock: the same agenda gives the same bytes.
    ///
    /// Lines end with CR LF and are folded at 75 octets, never inside a character. In texts `\`, `;`, `,` and ends of
    /// lines are escaped; other control characters become a blank.
    ///
    /// ```
    /// use quartier::law::Document;
    /// use quartier::record::Language;
    /// use quartier::regulation::{Regulation, calendar::Agenda};
    /// let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/regulations/example-2018.toml"));
    /// let text = format!("{text}\n[calendar]\nevent = [{{ id = 'council', name = 'Conseil municipal', on = '2018-12-17' }}]\n\
    ///     step = [{{ id = 'filing', from = '2018-01-15', to = '2018-02-28' }}]\n")
    ///     .replace("delivery-months-at-most = 24", "delivery-months-at-most = 24\ndelivery-from = 'council'");
    /// let regulation = Regulation::read(&toml::from_str::<Document>(&text)?)?;
    /// let agenda = Agenda::of(regulation.law(), None, Language::French);
    /// let file = agenda.to_icalendar("2018-01-08".parse()?);
    /// assert!(file.contains("SUMMARY;LANGUAGE=fr:Dépôt des projets (Example 2018)\r\n"));
    /// assert!(file.contains("DTSTART;VALUE=DATE:20180115\r\nDTEND;VALUE=DATE:20180301\r\n"));
    /// assert!(file.contains("DTSTART;VALUE=DATE:20201217\r\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_icalendar(&self, stamp: Date) -> String {
        let mut text = String::new();
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//quartier//participatory budget//EN",
            "CALSCALE:GREGORIAN",
        ] {
            fold(&mut text, line);
        }
        for entry in &self.entries {
            self.write_entry(&mut text, entry, stamp);
        }
        fold(&mut text, "END:VCALENDAR");
        text
    }

    fn write_entry(&self, text: &mut String, entry: &Entry, stamp: Date) {
        let language = self.language.code();
        // Days of a law are long before the last day that there is.
        let end = entry.last.plus_days(1).unwrap_or(entry.last);
        let summary = escape(&format!("{} ({})", entry.summary, self.regulation));
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@quartier", self.uid(entry)),
            format!("DTSTAMP:{}T000000Z", basic(stamp)),
            format!("DTSTART;VALUE=DATE:{}", basic(entry.first)),
            format!("DTEND;VALUE=DATE:{}", basic(end)),
            format!("SUMMARY;LANGUAGE={language}:{summary}"),
        ];
        if !entry.description.is_empty() {
            let description = escape(&entry.description);
            lines.push(format!("DESCRIPTION;LANGUAGE={language}:{description}"));
        }
        // A step of two months does not make people busy.
        lines.push("TRANSP:TRANSPARENT".to_owned());
        lines.push("END:VEVENT".to_owned());
        for line in lines {
            fold(text, &line);
        }
    }

    fn uid(&self, entry: &Entry) -> String {
        let mut hasher = Sha256::new();
        hasher.update(b"quartier-agenda/1");
        for part in [&self.regulation, &self.edition, &entry.key] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        let mut uid = String::new();
        for byte in hasher.finalize().iter().take(16) {
            // Writing to a text cannot fail.
            let _ = write!(uid, "{byte:02x}");
        }
        uid
    }
}

/// A day without hyphens.
fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// A value of the type TEXT (RFC 5545, section 3.3.11).
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' => escaped.push_str("\\n"),
            '\t' => escaped.push('\t'),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Adds a content line, folded: a line that goes on begins with a blank, which counts.
fn fold(text: &mut String, line: &str) {
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > OCTETS {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(c);
        octets += c.len_utf8();
    }
    text.push_str("\r\n");
}
