use crate::kit::*;
use crate::story::*;
use codec::Encode;
use sp_core::Pair;
use std::io::Write;
use winddown_verifier::chain::{storage, types::*};
use winddown_verifier::{
	audit::{audit, Options},
	export::Source,
};

#[test]
#[ignore]
fn scale() {
	let n: u32 = std::env::var("N").unwrap().parse().unwrap();
	let mut kit = Kit::new(
		&[
			("Association", 2),
			("Operator", 4),
			("Registrar", 8),
			("ArbiterOne", 16),
			("ArbiterTwo", 16),
			("Platform", 32),
		],
		&["Alpha", "Beta", "Gamma"],
	);
	crate::story::open_case(&mut kit);
	let ident = |i: u32| {
		let mut x = [0u8; 32];
		x[..4].copy_from_slice(&i.to_be_bytes());
		x
	};
	let mut digest = [0; 32];
	let mut now = 2000;
	for first in (0..n).step_by(512) {
		let rows: Vec<([u8; 32], Fen, u8)> =
			(first..n.min(first + 512)).map(|i| (ident(i), 100 + i as u128, 0)).collect();
		for r in &rows {
			digest = sp_crypto_hashing::blake2_256(&(digest, r.0, r.1, r.2).encode());
		}
		let told = kit.event("Claims", "RowsImported", (0u32, first, rows.len() as u32, digest));
		let x = kit.signed("Platform", &kit.call("Claims", "import", (0u32, first, rows)));
		now += 1;
		kit.block(now, vec![(x, vec![told])]);
	}
	let amount: u128 = (0..n).map(|i| 100 + i as u128).sum();
	let lock = kit.signed("Platform", &kit.call("Claims", "lock", (0u32, n, amount, digest)));
	let roll = Digest::of(&(0u32, n, amount, digest));
	let mut locked = vec![deposited(&kit, 1, EvidenceKind::Roll, roll, None)];
	now += 1;
	locked.extend(stage(&kit, 2, 0, 1, now));
	locked.push(kit.event(
		"Claims",
		"RollLocked",
		(0u32, account("Platform"), n, amount, digest, 1u64),
	));
	kit.block(now, vec![(lock, locked)]);
	let pairs: Vec<sp_core::sr25519::Pair> = (0..n)
		.map(|i| {
			let mut s = [7; 32];
			s[..4].copy_from_slice(&i.to_le_bytes());
			sp_core::sr25519::Pair::from_seed(&s)
		})
		.collect();
	for first in (0..n).step_by(512) {
		let keys: Vec<(u32, Key)> = (first..n.min(first + 512))
			.map(|i| (i, Key::Sr25519(pairs[i as usize].public().0)))
			.collect();
		let call = kit.call("IdentityRegistry", "register_batch", (0u32, &keys, None::<u64>));
		let mut told: Vec<Vec<u8>> = keys
			.iter()
			.map(|(row, key)| kit.event("IdentityRegistry", "KeyRegistered", (0u32, row, key)))
			.collect();
		told.push(kit.event(
			"IdentityRegistry",
			"BatchRegistered",
			(0u32, account("Registrar"), keys.len() as u32, None::<u64>),
		));
		let x = kit.signed("Registrar", &call);
		now += 1;
		kit.block(now, vec![(x, told)]);
	}
	// confirmed in calls
	for first in (0..n).step_by(256) {
		let claims: Vec<(u32, Fen)> =
			(first..n.min(first + 256)).map(|i| (i, 100 + i as u128)).collect();
		let told = claims
			.iter()
			.map(|(r, a)| {
				kit.event(
					"Claims",
					"ClaimConfirmed",
					(0u32, r, ClaimState::ConfirmedByCall, a, Some(1u64)),
				)
			})
			.collect();
		let x =
			kit.signed("Operator", &kit.call("Claims", "confirm_by_call", (0u32, claims, 1u64)));
		now += 1;
		kit.block(now, vec![(x, told)]);
	}
	now += 20_000;
	let closes = now + 1_000_000_000;
	let call = kit.call("Polls", "open", (0u32, vec![item()], closes));
	let open = kit.signed("Association", &call);
	let told = kit.event(
		"Polls",
		"PollOpened",
		(0u32, 0u32, Purpose::General, Votes { heads: n, amount }, closes),
	);
	kit.block(now, vec![(open, vec![told])]);
	let folder = std::path::PathBuf::from("/root/t/scale");
	std::fs::create_dir_all(&folder).unwrap();
	let mut export =
		std::io::BufWriter::new(std::fs::File::create(folder.join("e.jsonl")).unwrap());
	let mut cells = vec![];
	for first in (0..n).step_by(2048) {
		let mut intents = vec![];
		let mut told = vec![];
		for i in first..n.min(first + 2048) {
			let mut salt = [3u8; 32];
			salt[..4].copy_from_slice(&i.to_le_bytes());
			let record = format!(
				r#"{{"algorithm":"blake2b-256","case":0,"cast_at":1,"choices":[[0]],"kind":"ballot","lender":{i},"poll":0,"salt":"{}","version":1}}"#,
				hex::encode(salt)
			);
			writeln!(export, "{}", exported("ballot", Some(i), &record)).unwrap();
			intents.push(kit.intent_by(
				&pairs[i as usize],
				(0, i),
				1,
				now + 1_000_000,
				&cast(&kit, 1, &record),
			));
			told.push(ballot_cast(&kit, i, 1, 1, &record));
			cells.push(cell(1, 1, &record));
		}
		told.push(carried(&kit, intents.len() as u32, 0));
		let x = kit.batch(&intents);
		now += 1;
		kit.block(now, vec![(x, told)]);
	}
	drop(export);
	let everybody: Totals = vec![(0, Votes { heads: n, amount })];
	let mut put = |k: Vec<u8>, v: Vec<u8>| {
		kit.state.insert(k, v);
	};
	let pk =
		|p: &str, c: &str, at: u32| storage::key(p, c, &[&0u32.to_le_bytes(), &at.to_le_bytes()]);
	for page in 0..n.div_ceil(64) {
		let r = page * 64..n.min(page * 64 + 64);
		let cat =
			|f: &dyn Fn(u32) -> Vec<u8>| r.clone().flat_map(|i| f(i)).collect::<Vec<u8>>().encode();
		put(pk("Claims", "Amounts", page), cat(&|i| (100 + i as u128, 0u8).encode()));
		put(pk("Claims", "States", page), cat(&|_| vec![2]));
		put(pk("IdentityRegistry", "Identities", page), cat(&|i| ident(i).to_vec()));
		put(
			pk("IdentityRegistry", "Keys", page),
			cat(&|i| [&[2][..], &pairs[i as usize].public().0, &[0, 1]].concat()),
		);
		put(pk("Intents", "Sequences", page), cat(&|_| 1u64.encode()));
		put(pk("Polls", "Ballots", page), cat(&|i| cells[i as usize].clone()));
	}
	for i in 0..n {
		put(
			[
				of_case("IdentityRegistry", "KeyOwners"),
				storage::blake(&Key::Sr25519(pairs[i as usize].public().0)),
			]
			.concat(),
			i.encode(),
		);
	}
	let case = kit.finish();
	let path = folder.join("c.wda");
	case.kit.parts.write(&path).unwrap();
	println!("archive {} bytes", std::fs::metadata(&path).unwrap().len());
	drop(case);
	drop(pairs);
	drop(cells);
	let t = std::time::Instant::now();
	let report =
		audit(&path, Some(&Source::Jsonl(folder.join("e.jsonl"))), &Options::default()).unwrap();
	println!("{:?}\n{}", t.elapsed(), report.text().chars().take(3000).collect::<String>());
}
