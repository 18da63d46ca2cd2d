//! The services: addresses, hosts, sizes, checksums.
//!
//! **The UN's document service.** `https://documents.un.org/api/symbol/access?s=SYMBOL&l=en&t=pdf`
//! answers with the PDF of a symbol. `https://docs.un.org/en/SYMBOL` (which `https://undocs.org/`
//! became) is the page for people: a frame around that address, not a document. Others report, not
//! tried here: it redirects to its own host; without that page as `Referer` it may answer with an
//! error page; for a missing document it answers with status 200 and no byte, or with a small HTML
//! page; that page also comes for published documents after some hundreds of requests, for minutes
//! (`series.rs`); now and then it sends a neighbouring document, so the symbol is checked. A
//! resumption is spelled without spaces, and some documents exist only as `SYMBOL(OR)`. For an
//! unknown language it sends
//! English, so the language is checked too. The older hosts `documents-dds-ny.un.org`,
//! `daccess-ods.un.org` and `undocs.org` are listed as places a redirect may lead to. Its
//! `robots.txt` is reported to close `/api` to crawlers: so only what a user names is fetched, one
//! document after the other.
//!
//! **Harvard Dataverse.** `https://dataverse.harvard.edu/api/access/datafile/ID` is the address of
//! a file by its number, documented in the Dataverse guides ("Data Access API"); it redirects to
//! the archive's store at Amazon, to an address that is valid for an hour and new each time. The
//! data set is doi:10.7910/DVN/KGVSYH, version 6.1, CC0; the sizes and MD5 sums are those the
//! archive publishes with it. `/api/datasets/:persistentId/versions/:latest-published` says in JSON
//! which version is the latest. A 404 of the archive was seen to heal within a minute.

use sha2::{Digest as _, Sha256};

use super::address::{Address, Hosts, escape_part};
use super::fault::{Fault, Kind};
use super::manners::Manners;
use super::wanted::{Check, MOST_PDF, Wanted};
use crate::record::{Language, Symbol};

/// The hosts of the UN's documents.
const UN: [&str; 5] = [
    "documents.un.org",
    "docs.un.org",
    "undocs.org",
    "documents-dds-ny.un.org",
    "daccess-ods.un.org",
];
/// The archive and its store.
const DATAVERSE: [&str; 3] =
    ["dataverse.harvard.edu", "dvn-cloud.s3.amazonaws.com", "dvn-cloud.s3.us-east-1.amazonaws.com"];

/// The identifier of the data set.
const DATASET: &str = "doi:10.7910/DVN/KGVSYH";
/// The largest answer to a question about the data set, in bytes; it lists three files.
const MOST_QUESTION: u64 = 1 << 20;
/// The host of the library's tables of meetings.
const TABLES: &str = "ydsftksff8.execute-api.us-east-1.amazonaws.com";
/// The host of the UN's own decisions with votes.
const DECISIONS: &str = "raw.githubusercontent.com";
/// The largest table of a year, in bytes: the longest has 300 kB.
const MOST_TABLE: u64 = 8 << 20;

/// The page of the data set, for people.
pub const DATASET_PAGE: &str = "https://doi.org/10.7910/DVN/KGVSYH";
/// The version of the data set.
pub const DATASET_VERSION: &str = "6.1";

/// The largest pack, in bytes: ten times the whole data set as records.
pub const MOST_PACK: u64 = 2 << 30;
/// The usual size of a PDF of a record in bytes, to estimate the size of a range: the mean of eight
/// PDFs from 1997 to 2026 is 570 kB.
pub const USUAL_PDF: u64 = 570_000;

/// A record that is known to be published in English: if it does not come either, the service
/// blocks this machine.
pub const PUBLISHED: &str = "S/PV.9400";

/// The page of a document for people, in English.
#[must_use]
pub fn page_of_document(symbol: &Symbol) -> String {
    let [spelling, _] = spellings(symbol);
    format!("https://docs.un.org/en/{}", escape_part(&spelling))
}

/// A file of the data set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFile {
    /// Its name, as the importer looks for it.
    pub name: String,
    /// Its number in the archive.
    pub id: u64,
    /// Its length in bytes.
    pub length: u64,
    /// Its MD5 in lower-case hexadecimal.
    pub md5: String,
}

/// The three files of the data set.
pub fn dataset() -> Vec<DataFile> {
    [
        ("speeches.tar", 10_809_805, 473_909_760, "389a75645352d9e0300f97aab8056f6f"),
        ("speaker.tsv", 10_809_807, 33_027_398, "c5dd77f1ac702a5f6b2b60dc112afe00"),
        ("meta.tsv", 10_809_806, 605_087, "e675cbfec403a1b491d1db98b2b78760"),
    ]
    .map(|(name, id, length, md5)| DataFile {
        name: name.to_owned(),
        id,
        length,
        md5: md5.to_owned(),
    })
    .to_vec()
}

/// The version that the archive names as the latest, such as `6.1`; `None` if the answer names none.
pub fn dataset_version(answer: &[u8]) -> Option<String> {
    let answer: serde_json::Value = serde_json::from_slice(answer).ok()?;
    let number = |name: &str| answer.get("data")?.get(name)?.as_u64();
    Some(format!("{}.{}", number("versionNumber")?, number("versionMinorNumber")?))
}

/// The hosts of the services: their own, or a server on the loopback for the tests.
#[derive(Clone, Debug, Default)]
pub struct Services {
    local: Option<Address>,
    manners: Manners,
}

impl Services {
    /// The services at their own hosts, or at the URL in `SPV_GET_FROM`, which must be on the
    /// loopback: no environment can redirect requests to another host.
    ///
    /// # Errors
    /// If that is not a URL on the loopback.
    pub fn new(from: Option<&str>) -> Result<Self, String> {
        let Some(from) = from.filter(|from| !from.is_empty()) else { return Ok(Self::default()) };
        let address = Address::parse(from)?;
        if !address.is_loopback() {
            return Err(format!(
                "{from} is not on this machine; SPV_GET_FROM must name a server on the loopback"
            ));
        }
        Ok(Self { local: Some(address), manners: Manners::default() })
    }

    /// The services asked with these pauses.
    #[must_use]
    pub fn with_manners(self, manners: Manners) -> Self {
        Self { manners, ..self }
    }

    /// The pauses with which they are asked.
    #[must_use]
    pub fn manners(&self) -> Manners {
        self.manners
    }

    /// Whether they are on the loopback, where no pauses are needed.
    pub fn are_local(&self) -> bool {
        self.local.is_some()
    }

    fn at(&self, host: &str, path: &str) -> Result<Address, String> {
        match &self.local {
            Some(local) => Address::parse(&format!("{}{path}", local.origin())),
            None => Address::parse(&format!("https://{host}{path}")),
        }
    }

    /// The library's table of the meetings of a year, a web page.
    ///
    /// # Errors
    /// If the address is not valid.
    pub fn table_of_meetings(&self, year: i16) -> Result<Wanted, String> {
        Ok(Wanted {
            name: format!("meetings-{year}.html"),
            title: format!("the table of meetings of {year}"),
            by_hand: "see https://research.un.org/en/docs/sc/quick".to_owned(),
            ..self.table(TABLES, &format!("/dev/render_meeting/scmeetings_{year}/EN"))?
        })
    }

    /// The UN's own table of the resolutions of a year, a JSON object a line.
    ///
    /// # Errors
    /// If the address is not valid.
    pub fn table_of_decisions(&self, year: i16) -> Result<Wanted, String> {
        Ok(Wanted {
            name: format!("decisions-{year}.json"),
            title: format!("the UN's table of resolutions of {year}"),
            by_hand: "see https://github.com/UNxml/SCresolutions".to_owned(),
            ..self
                .table(DECISIONS, &format!("/UNxml/SCresolutions/HEAD/data_extract/{year}.json"))?
        })
    }

    /// A table at a host, still without names.
    fn table(&self, host: &str, path: &str) -> Result<Wanted, String> {
        let address = self.at(host, path)?;
        Ok(Wanted {
            hosts: self.hosts(&[], &address),
            address,
            referer: None,
            name: String::new(),
            title: String::new(),
            by_hand: String::new(),
            most: MOST_TABLE,
            check: Check::Page,
        })
    }

    /// The PDF of a symbol. `spelling` is how the symbol is written ([`spellings`]); `tries` how
    /// often a seemingly missing document is requested.
    ///
    /// # Errors
    /// If the language is not official.
    pub fn document(
        &self,
        symbol: &Symbol,
        spelling: &str,
        language: &Language,
        tries: u32,
    ) -> Result<Wanted, String> {
        if !Language::OFFICIAL.contains(language) {
            return Err(format!("{} is not an official language", language.name()));
        }
        let (code, escaped) = (language.code(), escape_part(spelling));
        let address =
            self.at("documents.un.org", &format!("/api/symbol/access?s={escaped}&l={code}&t=pdf"))?;
        let page = format!("https://docs.un.org/{code}/{escaped}");
        Ok(Wanted {
            hosts: self.hosts(&UN, &address),
            address,
            name: format!("{}.{code}.pdf", symbol.file_stem()),
            title: format!("{symbol} in {}", language.name()),
            by_hand: format!("fetch it by hand from {page} and run `spv import FILE.pdf`"),
            referer: Some(page),
            most: MOST_PDF,
            check: Check::Pdf { tries },
        })
    }

    /// The document that is known to be published, [`PUBLISHED`].
    ///
    /// # Errors
    /// If its URL is invalid.
    pub(super) fn published(&self) -> Result<Wanted, Fault> {
        let wrong = |what: String| Fault::new(Kind::Bad, format!("{PUBLISHED}: {what}"));
        let symbol = PUBLISHED.parse::<Symbol>().map_err(|e| wrong(e.to_string()))?;
        self.document(&symbol, PUBLISHED, &Language::English, 1).map_err(wrong)
    }

    /// The question which version of the data set is the latest.
    ///
    /// # Errors
    /// If its URL is invalid.
    pub fn latest_dataset(&self) -> Result<Wanted, String> {
        let path = format!(
            "/api/datasets/:persistentId/versions/:latest-published?persistentId={DATASET}"
        );
        let address = self.at("dataverse.harvard.edu", &path)?;
        Ok(Wanted {
            hosts: self.hosts(&[], &address),
            address,
            referer: None,
            name: "latest.json".to_owned(),
            title: "the latest version of the data set".to_owned(),
            by_hand: format!("see {DATASET_PAGE}"),
            most: MOST_QUESTION,
            check: Check::Any,
        })
    }

    /// A file of the data set.
    ///
    /// # Errors
    /// If its URL is invalid.
    pub fn data_file(&self, file: &DataFile) -> Result<Wanted, String> {
        let path = format!("/api/access/datafile/{}", file.id);
        let address = self.at("dataverse.harvard.edu", &path)?;
        Ok(Wanted {
            hosts: self.hosts(&DATAVERSE, &address),
            address,
            referer: None,
            name: file.name.clone(),
            title: file.name.clone(),
            by_hand: format!(
                "download speeches.tar, speaker.tsv and meta.tsv by hand from {DATASET_PAGE} into one folder and run `spv import FOLDER`"
            ),
            most: file.length,
            check: Check::Sum { length: file.length, md5: file.md5.clone() },
        })
    }

    fn hosts(&self, listed: &[&str], address: &Address) -> Hosts {
        // A local test server never redirects to the real services.
        Hosts::new(if self.are_local() { &[] } else { listed }, address)
    }
}

/// Any file at a URL: a pack, a record file or a PDF. Redirects may lead to the same host or to one
/// listed for the services. Its name in the folder is derived from the URL, so that a partial file
/// is found again.
pub fn anything(address: Address) -> Wanted {
    let hash = Sha256::digest(address.to_string());
    let name = hash.iter().take(8).fold("from-".to_owned(), |name, b| name + &format!("{b:02x}"));
    let listed: Vec<&str> = UN.iter().chain(&DATAVERSE).copied().collect();
    let listed = if address.is_loopback() { Vec::new() } else { listed };
    Wanted {
        hosts: Hosts::new(&listed, &address),
        title: address.to_string(),
        address,
        referer: None,
        name,
        by_hand: "fetch it by hand and run `spv import FILE`".to_owned(),
        most: MOST_PACK,
        check: Check::Any,
    }
}

/// The spellings of a symbol to try, the likeliest first: resumptions without spaces, as the service
/// has them, then as an official record, which is the only form in which it has some documents.
pub fn spellings(symbol: &Symbol) -> [String; 2] {
    let close = symbol.to_string().replace(" (Resumption ", "(Resumption");
    let official = format!("{close}(OR)");
    [close, official]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_symbol() {
        let services = Services::default();
        let of = |symbol: &str, language: Language| {
            let symbol: Symbol = symbol.parse().unwrap();
            services.document(&symbol, &spellings(&symbol)[0], &language, 1).unwrap()
        };
        let plain = of("8668", Language::French);
        assert_eq!(
            plain.address.to_string(),
            "https://documents.un.org/api/symbol/access?s=S/PV.8668&l=fr&t=pdf"
        );
        assert_eq!(plain.referer.as_deref(), Some("https://docs.un.org/fr/S/PV.8668"));
        assert_eq!(plain.name, "S_PV.8668.fr.pdf");
        assert!(
            plain.hosts.allow(&Address::parse("https://documents-dds-ny.un.org/x.pdf").unwrap())
        );
        assert!(!plain.hosts.allow(&Address::parse("https://dataverse.harvard.edu/").unwrap()));
        let resumed = of("8668r1", Language::English);
        assert!(resumed.address.to_string().contains("s=S/PV.8668(Resumption1)&"), "{resumed:?}");
        assert_eq!(
            spellings(&"8668r1".parse().unwrap()),
            ["S/PV.8668(Resumption1)", "S/PV.8668(Resumption1)(OR)"]
        );
        let symbol = "8668".parse().unwrap();
        assert!(
            services.document(&symbol, "S/PV.8668", &Language::Other("ja".to_owned()), 1).is_err()
        );
    }

    #[test]
    fn the_files_of_the_data_set() {
        let files = dataset();
        assert_eq!(files.iter().map(|f| f.length).sum::<u64>(), 507_542_245);
        assert!(files.iter().all(|f| f.md5.len() == 32));
        let wanted = Services::default().data_file(&files[1]).unwrap();
        assert_eq!(
            wanted.address.to_string(),
            "https://dataverse.harvard.edu/api/access/datafile/10809807"
        );
        assert!(wanted.by_hand.contains("spv import FOLDER"));
    }

    #[test]
    fn the_latest_version_is_two_numbers() {
        let of = |answer: &str| dataset_version(answer.as_bytes());
        let answer = r#"{"status":"OK","data":{"id":1,"versionNumber":7,"versionMinorNumber":0,
            "versionState":"RELEASED","files":[]}}"#;
        assert_eq!(of(answer), Some("7.0".to_owned()));
        for bad in [
            "",
            "<html>",
            "[]",
            r#"{"data":{"versionNumber":7}}"#,
            r#"{"data":{"versionNumber":
            "7","versionMinorNumber":"0\u001b[2J"}}"#,
        ] {
            assert_eq!(of(bad), None, "{bad}");
        }
    }

    #[test]
    fn only_this_machine_stands_in_for_the_services() {
        assert!(Services::new(Some("https://example.org")).is_err());
        assert!(Services::new(Some("http://192.0.2.1:80")).is_err());
        assert!(!Services::new(Some("")).unwrap().are_local());
        let local = Services::new(Some("http://127.0.0.1:4000")).unwrap();
        let wanted = local.data_file(&dataset()[2]).unwrap();
        assert_eq!(
            wanted.address.to_string(),
            "http://127.0.0.1:4000/api/access/datafile/10809806"
        );
        assert!(!wanted.hosts.allow(&Address::parse("https://dataverse.harvard.edu/").unwrap()));
    }
}
