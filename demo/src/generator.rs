//! Makes a platform's export, and a key for each lender, from a seed.

use super::people::{invent, Person};
use rand::{Rng, RngCore, SeedableRng};
use rand_chacha::ChaCha20Rng;
use rand_distr::{Distribution, LogNormal};
use winddown_sdk::{
	amount::format_yuan,
	document::Document,
	keys::{Keypair, Scheme, WrittenKey},
	primitives::{ClassId, Fen},
};

/// Half of all lenders are owed less than this, in yuan.
const MEDIAN: f64 = 8_000.0;
/// What all are owed, divided by their number, in yuan.
const MEAN: f64 = 24_000.0;
/// Nobody is owed more, in yuan, lest one lender decides every vote.
const LARGEST: f64 = 2_000_000.0;

/// The class of private persons.
pub const PRIVATE: ClassId = 0;
/// The class of companies and of lenders with more than half a million yuan.
pub const LARGE: ClassId = 1;
const LARGE_FROM: f64 = 500_000.0;

/// A lender of the demonstration.
pub struct DemoLender {
	/// Who it is.
	pub person: Person,
	/// The document in normal form.
	pub document: Document,
	/// Fen paid in.
	pub recharge: Fen,
	/// Fen taken out.
	pub withdrawal: Fen,
	/// Fen still owed.
	pub outstanding: Fen,
	/// The class.
	pub class: ClassId,
	/// The key on the lender's telephone.
	pub key: Keypair,
}

/// Makes `count` lenders. The same seed makes the same lenders.
pub fn lenders(count: usize, seed: u64) -> anyhow::Result<Vec<DemoLender>> {
	let mut rng = ChaCha20Rng::seed_from_u64(seed);
	// The median of a lognormal distribution is e^mu, its mean e^(mu + sigma²/2).
	let amounts = LogNormal::new(MEDIAN.ln(), (2.0 * (MEAN / MEDIAN).ln()).sqrt())?;
	(0..count).map(|serial| lender(&mut rng, serial, &amounts)).collect()
}

fn lender(
	rng: &mut ChaCha20Rng,
	serial: usize,
	amounts: &LogNormal<f64>,
) -> anyhow::Result<DemoLender> {
	let person = invent(rng, serial);
	let document = Document::new(person.kind, &person.number)?;
	let yuan = amounts.sample(rng).clamp(1.0, LARGEST);
	// Most people lend round sums and are owed an odd rest.
	let outstanding = match rng.gen_ratio(1, 3) {
		true => (yuan / 100.0).ceil() as Fen * 10_000,
		false => (yuan * 100.0).round() as Fen,
	};
	let withdrawal = match rng.gen_ratio(2, 5) {
		true => 0,
		false => (yuan * rng.gen_range(0.05..1.5)).round() as Fen * 100,
	};
	let is_company = person.kind == winddown_sdk::document::DocumentKind::CreditCode;
	let class = if is_company || yuan >= LARGE_FROM { LARGE } else { PRIVATE };
	// Wallets of three kinds.
	let scheme = match rng.gen_range(0..20) {
		0 => Scheme::Ecdsa,
		1..=3 => Scheme::Ed25519,
		_ => Scheme::Sr25519,
	};
	let mut seed = [0; 32];
	rng.fill_bytes(&mut seed);
	Ok(DemoLender {
		person,
		document,
		recharge: outstanding + withdrawal,
		withdrawal,
		outstanding,
		class,
		key: Keypair::from_seed(scheme, &seed),
	})
}

/// The platform's export.
pub fn export_csv<'a>(lenders: impl IntoIterator<Item = &'a DemoLender>) -> String {
	let mut csv = String::from(
		"document_type,document_number,name,phone,recharge,withdrawal,outstanding_principal,class\n",
	);
	for lender in lenders {
		let Person { kind, number, name, phone } = &lender.person;
		let [recharge, withdrawal, outstanding] =
			[lender.recharge, lender.withdrawal, lender.outstanding]
				.map(|fen| format_yuan(fen).replace(',', ""));
		let line = [
			kind.names().0,
			number,
			name,
			phone,
			&recharge,
			&withdrawal,
			&outstanding,
			&lender.class.to_string(),
		];
		csv.push_str(&line.join(","));
		csv.push('\n');
	}
	csv
}

/// The registrar's file for those lenders who were identified.
pub fn keys_csv<'a>(lenders: impl IntoIterator<Item = &'a DemoLender>) -> String {
	let mut csv = String::from("document_type,document_number,key\n");
	for lender in lenders {
		let key = WrittenKey(lender.key.lender_key());
		let Person { kind, number, .. } = &lender.person;
		csv.push_str(&format!("{},{number},{key}\n", kind.names().0));
	}
	csv
}

#[cfg(test)]
mod tests {
	use super::*;
	use winddown_sdk::roll::{read, read_registrations, Reading};

	#[test]
	fn the_same_seed_makes_the_same_export_and_another_seed_another() {
		let export = |seed| export_csv(&lenders(300, seed).unwrap());
		assert_eq!(export(1), export(1));
		assert_ne!(export(1), export(2));
	}

	#[test]
	fn amounts_are_many_small_and_few_large() {
		let mut yuan: Vec<Fen> =
			lenders(20_000, 7).unwrap().iter().map(|l| l.outstanding / 100).collect();
		yuan.sort_unstable();
		let median = yuan[yuan.len() / 2];
		let mean = yuan.iter().sum::<Fen>() / yuan.len() as Fen;
		assert!((7_500..8_500).contains(&median), "median {median}");
		assert!((22_000..26_000).contains(&mean), "mean {mean}");
		let top_tenth: Fen = yuan[yuan.len() * 9 / 10..].iter().sum();
		assert!(top_tenth * 2 > yuan.iter().sum(), "a tenth of the lenders holds over half");
	}

	#[test]
	fn what_is_generated_is_what_the_import_accepts() {
		for seed in 0..3 {
			let lenders = lenders(4_000, seed).unwrap();
			let read = read(export_csv(&lenders).as_bytes(), &Reading::default()).unwrap();
			assert_eq!(read.lenders.len(), lenders.len());
			for (read, made) in read.lenders.iter().zip(&lenders) {
				assert_eq!(read.document, made.document);
				assert_eq!(read.outstanding, made.outstanding);
			}
			let keys = keys_csv(&lenders);
			let read = read_registrations(keys.as_bytes(), &Reading::default()).unwrap();
			assert_eq!(read.entries.len(), lenders.len());
		}
	}

	#[test]
	fn no_personal_datum_stands_in_what_is_sent_to_the_chain() {
		use winddown_sdk::{
			calls::{admit_late, import_rows, register_keys},
			digest::{of_bytes, Algorithm},
			identity::MasterKey,
			roll::PreparedRoll,
		};
		let lenders = lenders(500, 11).unwrap();
		let read = read(export_csv(&lenders).as_bytes(), &Reading::default()).unwrap();
		let key = MasterKey::from_bytes([3; 32]).case_key(0);
		let roll = PreparedRoll::new(&read.lenders, &key).unwrap();
		let keys: Vec<_> =
			lenders.iter().zip(0..).map(|(lender, row)| (row, lender.key.lender_key())).collect();
		let late = key.identity(&lenders[0].document);
		let mut sent = import_rows(0, 0, roll.rows()).encoded().to_vec();
		sent.extend_from_slice(register_keys(0, &keys, None).encoded());
		sent.extend_from_slice(admit_late(0, late, 5, 0, 1).encoded());

		let stands_there = |datum: &[u8]| sent.windows(datum.len()).any(|bytes| bytes == datum);
		for lender in &lenders {
			let (person, number) = (&lender.person, lender.document.number());
			for datum in [person.name.as_str(), &person.number, &person.phone, number] {
				assert!(!stands_there(datum.as_bytes()), "{datum}");
			}
			for algorithm in [Algorithm::Blake2b256, Algorithm::Sha256, Algorithm::Sm3] {
				let plain_hash = of_bytes(algorithm, number.as_bytes());
				assert!(!stands_there(plain_hash.bytes()), "a plain hash of {number}");
			}
			// What does stand there.
			assert!(stands_there(&key.identity(&lender.document).0));
		}
	}
}
