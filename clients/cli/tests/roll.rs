//! What a clerk is told about a platform's export, without a node.

use std::{
	os::unix::fs::PermissionsExt,
	path::PathBuf,
	process::{Command, Output},
};
use tempfile::TempDir;

const HEADER: &str =
	"document_type,document_number,name,phone,recharge,withdrawal,outstanding_principal,class\n";

struct Desk {
	folder: TempDir,
}

impl Desk {
	/// A desk with the export `roll.csv`.
	fn with(lines: &str) -> Self {
		let desk = Self { folder: tempfile::tempdir().unwrap() };
		std::fs::write(desk.path("roll.csv"), format!("{HEADER}{lines}")).unwrap();
		desk
	}

	fn path(&self, name: &str) -> PathBuf {
		self.folder.path().join(name)
	}

	fn check(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
		let output: Output = Command::new(env!("CARGO_BIN_EXE_winddown"))
			.current_dir(self.folder.path())
			.args(["roll", "check", "roll.csv"])
			.args(arguments)
			.output()
			.expect("it was built");
		let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
		(output.status.code(), text(output.stdout), text(output.stderr))
	}
}

#[test]
fn an_amount_as_a_sheet_shows_it_is_never_called_good_without_a_yes() {
	let desk = Desk::with("passport,E12345678,Wang,1,100,0,\"12,346\",0\n");
	let (code, out, told) = desk.check(&[]);
	assert_eq!((code, out.as_str()), (Some(2), ""));
	assert!(
		told.contains("\nerror: 0 of 1 amounts have fen, and all are multiples of 1 yuan"),
		"{told}"
	);
	assert!(told.contains("nothing was sent; look at the file, and answer with --yes"), "{told}");
	let (code, out, _) = desk.check(&["--yes"]);
	assert_eq!((code, out.as_str()), (Some(0), "the file is good: 1 lender, 12,346.00 yuan\n"));
	let (code, out, _) = desk.check(&["--json"]);
	assert_eq!((code, out.as_str()), (Some(2), ""));
}

#[test]
fn lines_that_were_added_up_are_listed_for_the_owner_alone() {
	let desk = Desk::with(
		"passport,E12345678,Wang,1,100,0,100.50,0\n\
		 passport,E12345679,Li,1,100,0,9.09,0\n\
		 passport,e12345678,Wang,1,100,0,1.25,0\n",
	);
	let (code, _, told) = desk.check(&[]);
	assert_eq!(code, Some(2));
	assert!(told.contains("line 4: the same person stands on line 2"), "{told}");
	assert!(told.contains("--merge adds them up"), "{told}");

	let (code, out, told) = desk.check(&["--merge"]);
	assert_eq!(code, Some(0), "{told}");
	assert_eq!(out, "the file is good: 2 lenders, 110.84 yuan\n");
	assert!(
		told.contains("note: lenders with several lines: 1; their lines, added up: 2"),
		"{told}"
	);
	let list = desk.path("roll.csv.added.csv");
	assert_eq!(
		std::fs::read_to_string(&list).unwrap(),
		"lender_line,line,name,outstanding_principal\n2,2,\"Wang\",100.50\n2,4,\"Wang\",1.25\n"
	);
	assert_eq!(std::fs::metadata(&list).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_column_with_another_title_is_named_by_the_clerk() {
	let desk = Desk::with("");
	let text = "证件类型,证件号码,姓名,充值金额,提现金额,在投余额,类别\n护照,E12345678,Wang,100,0,100.50,0\n";
	std::fs::write(desk.path("roll.csv"), text).unwrap();
	let (code, _, told) = desk.check(&[]);
	assert_eq!(code, Some(2));
	assert!(told.contains("outstanding_principal (待收本金)"), "{told}");
	assert!(told.contains("在投余额"), "{told}");
	assert!(
		told.contains(
			"next: if one of these titles is meant: --column outstanding_principal=TITLE"
		),
		"{told}"
	);
	let (code, out, told) = desk.check(&["--column", "outstanding_principal=在投余额"]);
	assert_eq!(code, Some(0), "{told}");
	assert_eq!(out, "the file is good: 1 lender, 100.50 yuan\n");
	assert!(told.contains("outstanding_principal is the column \"在投余额\""), "{told}");
}

#[test]
fn an_encoding_that_was_not_asked_for_is_told_with_the_way() {
	let desk = Desk::with("");
	// 姓名 in GB18030.
	let bytes = [HEADER.as_bytes(), b"passport,E12345678,\xd0\xd5\xc3\xfb,1,1,0,1.25,0\n"].concat();
	std::fs::write(desk.path("roll.csv"), bytes).unwrap();
	let (code, _, told) = desk.check(&[]);
	assert_eq!(code, Some(2));
	assert!(told.contains("line 2: the bytes are not UTF-8; they look like GB18030"), "{told}");
	assert!(told.ends_with("next: read it with --encoding gb18030\n"), "{told}");
	assert_eq!(desk.check(&["--encoding", "gb18030"]).0, Some(0));
}

#[test]
fn a_check_lists_the_numbers_taken_on_a_clerks_word_for_a_look_at_the_papers() {
	let desk = Desk::with("credit_code,91350203M0001QKT19,Acme,1,100,0,100.50,0\n");
	let (code, out, told) = desk.check(&[]);
	assert_eq!((code, out.as_str()), (Some(2), ""));
	assert!(
		told.contains("give --vouched LINE,LINE, each line of a lender with several"),
		"{told}"
	);
	assert!(!desk.path("roll.csv.vouched.csv").exists());
	let (code, out, told) = desk.check(&["--vouched", "2"]);
	assert_eq!((code, out.as_str()), (Some(0), "the file is good: 1 lender, 100.50 yuan\n"));
	let where_to = "listed in roll.csv.vouched.csv; compare them with the papers";
	assert!(told.contains(where_to), "{told}");
	let list = std::fs::read_to_string(desk.path("roll.csv.vouched.csv")).unwrap();
	assert!(
		list.starts_with("line,identity_hash,document_type,doubt\n2,,credit_code,\"a check"),
		"{list}"
	);
	assert!(!list.contains("91350203M0001QKT19"), "{list}");
}

#[test]
fn the_number_of_a_household_is_refused_with_what_to_write_instead() {
	let desk = Desk::with("户口簿,007654321,Wang,1,100,0,100.50,0\n");
	let (code, _, told) = desk.check(&[]);
	assert_eq!(code, Some(2));
	assert!(
		told.contains("line 2: a household's own number 户号 is that of a whole family"),
		"{told}"
	);
}
