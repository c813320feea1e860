//! Puts blocks, events and a last state together, as a node would have them.

use codec::{Compact, Encode};
use sp_core::{ed25519, sr25519, Pair};
use std::{
	collections::{BTreeMap, BTreeSet},
	path::PathBuf,
};
use winddown_proof::{
	finality::{Commit, Justification, Precommit, Signature, SignedPrecommit},
	Hash as ProofHash,
};
use winddown_verifier::{
	archive::{trie, Block, Hash, Head, Header, Metadata as Entry, Parts},
	audit::{audit, Options},
	chain::{metadata::Metadata, storage},
	export::Source,
	report::Report,
};

/// The committed metadata of the runtime.
const METADATA: &[u8] = include_bytes!("../../../sdk/metadata.scale");
/// The tag of a precommit among the messages of GRANDPA.
const PRECOMMIT: u8 = 1;

/// An institution or a lender, by name.
pub fn key(name: &str) -> sr25519::Pair {
	sr25519::Pair::from_string(&format!("//{name}"), None).unwrap()
}

/// The account of an institution.
pub fn account(name: &str) -> [u8; 32] {
	key(name).public().0
}

/// A validator.
pub fn validator(name: &str) -> ed25519::Pair {
	ed25519::Pair::from_string(&format!("//{name}"), None).unwrap()
}

/// An extrinsic with its events.
pub type Step = (Vec<u8>, Vec<Vec<u8>>);

/// A chain that grows block by block.
pub struct Kit {
	/// Names of calls and events.
	pub metadata: Metadata,
	/// What was built.
	pub parts: Parts,
	/// The state of the last block, but for the events.
	pub state: BTreeMap<Vec<u8>, Vec<u8>>,
	/// Who finalises.
	pub validators: Vec<&'static str>,
}

impl Kit {
	/// Block 0, with institutions by name and roles.
	pub fn new(institutions: &[(&str, u16)], validators: &[&'static str]) -> Self {
		let metadata = Metadata::decode(METADATA).unwrap();
		let mut state = BTreeMap::new();
		let authorities: Vec<([u8; 32], u64)> =
			validators.iter().map(|name| (validator(name).public().0, 1)).collect();
		state.insert(storage::prefix("Grandpa", "Authorities").to_vec(), authorities.encode());
		state.insert(storage::prefix("Grandpa", "CurrentSetId").to_vec(), 0u64.encode());
		for (name, roles) in institutions {
			let key =
				storage::key("Consortium", "Institutions", &[&storage::blake(&account(name))]);
			let roles: Vec<u8> = (0..16u8).filter(|role| roles >> role & 1 == 1).collect();
			state.insert(key, (name.as_bytes().to_vec(), roles, 0u8).encode());
		}
		let pairs: Vec<_> = state.clone().into_iter().collect();
		let (state_root, genesis_proof) = trie::sealed(&pairs).unwrap();
		let header = Header {
			parent: [0; 32],
			number: 0,
			state_root,
			extrinsics_root: trie::extrinsics_root(&[]),
			digest: vec![0],
		};
		let spec_version = metadata.spec_version;
		let genesis = Block {
			header: header.encode(),
			spec_version,
			extrinsics: vec![],
			events_proof: vec![],
			justification: None,
		};
		let head = Head { genesis: genesis.hash(), chain: "Test".into(), target: 0, genesis_proof };
		let metadata_entry = Entry { spec_version, bytes: METADATA.to_vec() };
		let parts =
			Parts { head, metadata: vec![metadata_entry], blocks: vec![genesis], state: vec![] };
		Self { metadata, parts, state, validators: validators.to_vec() }
	}

	/// A call.
	pub fn call(&self, pallet: &str, name: &str, arguments: impl Encode) -> Vec<u8> {
		let index = self.metadata.call_index(pallet, name).unwrap();
		(index, arguments).encode()
	}

	/// An event, without its phase.
	pub fn event(&self, pallet: &str, name: &str, fields: impl Encode) -> Vec<u8> {
		let index = self.metadata.event_index(pallet, name).unwrap();
		(index, fields).encode()
	}

	/// A transaction of an institution.
	pub fn signed(&self, by: &str, call: &[u8]) -> Vec<u8> {
		self.signed_with(by, &key(by), call)
	}

	/// A transaction said to be by one institution, and signed with the key of whoever.
	pub fn signed_with(&self, by: &str, key: &sr25519::Pair, call: &[u8]) -> Vec<u8> {
		// An immortal era, nonce 0, no tip, no digest; then what is signed along with them.
		let (explicit, digest) = ([0u8; 4], None::<[u8; 32]>);
		let genesis = self.parts.head.genesis;
		let versions = (self.metadata.spec_version, self.metadata.transaction_version);
		let mut payload =
			[call, &explicit, &(versions, genesis, genesis, digest).encode()].concat();
		if payload.len() > 256 {
			payload = sp_crypto_hashing::blake2_256(&payload).to_vec();
		}
		let signature = key.sign(&payload).0;
		let head = (0x84u8, 0u8, account(by), 1u8, signature).encode();
		[head.as_slice(), &explicit, call].concat().encode()
	}

	/// A lender's intent with the signature.
	pub fn intent(&self, lender: (u32, u32), sequence: u64, until: u64, call: &[u8]) -> Vec<u8> {
		let signer = key(&format!("Lender{}", lender.1));
		self.intent_by(&signer, lender, sequence, until, call)
	}

	/// An intent signed with the key of whoever.
	pub fn intent_by(
		&self,
		signer: &sr25519::Pair,
		lender: (u32, u32),
		sequence: u64,
		until: u64,
		call: &[u8],
	) -> Vec<u8> {
		let body = [(lender, sequence, until).encode().as_slice(), call].concat();
		let payload = [b"winddown/intent/v1", &self.parts.head.genesis[..], &body].concat();
		let signature = signer.sign(&payload).0;
		[body.as_slice(), &(1u8, signature).encode()].concat()
	}

	/// A batch of intents, carried by the operator.
	pub fn batch(&self, intents: &[Vec<u8>]) -> Vec<u8> {
		let (pallet, call) = self.metadata.call_index("Intents", "submit_batch").unwrap();
		let mut bytes = vec![pallet, call];
		Compact(intents.len() as u32).encode_to(&mut bytes);
		intents.iter().for_each(|intent| bytes.extend_from_slice(intent));
		self.signed("Operator", &bytes)
	}

	/// The next block, at a time; returns its number.
	pub fn block(&mut self, now: u64, steps: Vec<Step>) -> u32 {
		let number = self.parts.blocks.len() as u32;
		let time = [&[0x05][..], &self.call("Timestamp", "set", Compact(now))].concat().encode();
		let (mut extrinsics, mut events) = (vec![time], vec![]);
		for (extrinsic, told) in steps {
			let at = extrinsics.len() as u32;
			extrinsics.push(extrinsic);
			events.extend(
				told.into_iter()
					.map(|event| [(0u8, at).encode().as_slice(), &event, &[0]].concat()),
			);
		}
		let mut encoded = Compact(events.len() as u32).encode();
		events.iter().for_each(|event| encoded.extend_from_slice(event));
		let (state_root, events_proof) =
			trie::sealed(&[(trie::EVENTS_KEY.to_vec(), encoded.clone())]).unwrap();
		let header = Header {
			parent: self.parts.blocks.last().unwrap().hash(),
			number,
			state_root,
			extrinsics_root: trie::extrinsics_root(&extrinsics),
			digest: vec![0],
		};
		let spec_version = self.metadata.spec_version;
		let header = header.encode();
		self.state.insert(trie::EVENTS_KEY.to_vec(), encoded);
		self.parts.blocks.push(Block {
			header,
			spec_version,
			extrinsics,
			events_proof,
			justification: None,
		});
		number
	}

	/// Ends the chain: its state and the justification of its last block.
	pub fn finish(mut self) -> Case {
		self.parts.head.target = self.parts.blocks.len() as u32 - 1;
		self.parts.state = self.state.clone().into_iter().collect();
		let target = self.parts.head.target;
		let mut case = Case { kit: self, records: vec![] };
		case.relink(target);
		case
	}

	/// A justification by these validators.
	pub fn justify(&self, validators: &[&str], set: u64, number: u32, hash: Hash) -> Vec<u8> {
		let (round, hash) = (1u64, ProofHash(hash));
		let precommits = validators.iter().map(|name| {
			let precommit = Precommit { target_hash: hash, target_number: number };
			let message = (PRECOMMIT, &precommit, round, set).encode();
			let pair = validator(name);
			let signature = Signature(pair.sign(&message).0);
			SignedPrecommit { precommit, signature, id: ProofHash(pair.public().0) }
		});
		let commit =
			Commit { target_hash: hash, target_number: number, precommits: precommits.collect() };
		Justification { round, commit, ancestors: vec![] }.encode()
	}
}

/// A whole case: an archive, and the operator's records.
pub struct Case {
	/// The archive.
	pub kit: Kit,
	/// The lines of the operator's export.
	pub records: Vec<serde_json::Value>,
}

impl Case {
	/// Makes the blocks from one on consistent with their contents, as colluding validators could.
	pub fn relink(&mut self, from: u32) {
		let validators = self.kit.validators.clone();
		let mut parts = self.kit.parts.clone();
		parts.relink(from, |number, hash| self.kit.justify(&validators, 0, number, hash)).unwrap();
		self.kit.parts = parts;
	}

	/// Changes a value of the last state, and makes the chain consistent again.
	pub fn put(&mut self, key: &[u8], value: Option<Vec<u8>>) {
		self.kit.parts.put(key, value);
		self.relink(self.kit.parts.head.target);
	}

	/// Changes bytes of a value of the last state.
	pub fn edit(&mut self, key: &[u8], change: impl FnOnce(&mut Vec<u8>)) {
		let mut value = self.kit.parts.get(key).unwrap().to_vec();
		change(&mut value);
		self.put(key, Some(value));
	}

	/// The report of the audit.
	pub fn audit(&self) -> Report {
		let folder = tempfile::tempdir().unwrap();
		let archive = folder.path().join("case.wda");
		self.kit.parts.write(&archive).unwrap();
		let export = Source::Jsonl(self.write_export(folder.path()));
		let genesis = Some(self.kit.parts.blocks[0].hash());
		audit(&archive, Some(&export), &Options { case: 0, genesis, progress: None }).unwrap()
	}

	/// Writes the export as JSON Lines.
	pub fn write_export(&self, folder: &std::path::Path) -> PathBuf {
		let path = folder.join("export.jsonl");
		let lines: Vec<String> = self.records.iter().map(ToString::to_string).collect();
		std::fs::write(&path, lines.join("\n")).unwrap();
		path
	}

	/// The kinds of findings.
	pub fn codes(&self) -> BTreeSet<&'static str> {
		self.audit().counts.into_keys().collect()
	}

	/// Asserts that the audit names exactly these kinds of findings.
	pub fn finds(&self, expected: &[&'static str]) {
		let report = self.audit();
		let found: BTreeSet<&str> = report.counts.keys().copied().collect();
		assert_eq!(found, expected.iter().copied().collect(), "{}", report.text());
	}
}
