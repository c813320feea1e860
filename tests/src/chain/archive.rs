//! Everything that an audit needs of the chain, read from the client as `winddown-verifier fetch`
//! reads it from a node.

use super::{in_office, justify, next_validators, Chain, Client};
use codec::Encode;
use sc_client_api::{BlockBackend, HeaderBackend, ProofProvider, StorageProvider};
use sp_api::{Metadata as _, ProvideRuntimeApi};
use sp_core::H256;
use winddown_runtime::VERSION;
use winddown_verifier::{
	archive::{trie::EVENTS_KEY, Block, Head, Metadata, Parts},
	chain::storage::prefix,
};

impl Chain {
	/// The archive of the chain up to its newest block. The validators in office sign every change of
	/// theirs and the newest block.
	pub fn archive(&self) -> Parts {
		let client = &*self.client;
		let target = self.height();
		let blocks = (0..=target).map(|number| block(client, number)).collect();
		let (head, metadata) = (self.head(target), vec![self.metadata()]);
		let mut parts = Parts { head, metadata, blocks, state: self.state() };
		for number in 1..=target {
			if number == target || next_validators(&parts, number).is_some() {
				let block = parts.blocks[number as usize].hash();
				let votes = justify(&in_office(&parts, number), number, block);
				parts.blocks[number as usize].justification = Some(votes.encode());
			}
		}
		parts
	}

	fn head(&self, target: u32) -> Head {
		let genesis = H256(self.genesis);
		let institutions = sp_storage::StorageKey(prefix("Consortium", "Institutions").to_vec());
		let keys = self.client.storage_keys(genesis, Some(&institutions), None).expect("a state");
		let mut keys: Vec<Vec<u8>> = keys.map(|key| key.0).collect();
		keys.extend(
			["Authorities", "CurrentSetId", "PendingChange"]
				.map(|entry| prefix("Grandpa", entry).to_vec()),
		);
		let genesis_proof = proof(&self.client, genesis, &keys);
		Head {
			genesis: self.genesis,
			chain: "Winddown in one process".into(),
			target,
			genesis_proof,
		}
	}

	fn metadata(&self) -> Metadata {
		let metadata = self.client.runtime_api().metadata_at_version(H256(self.genesis), 15);
		let bytes = metadata.expect("the runtime answers").expect("and knows version 15").to_vec();
		Metadata { spec_version: VERSION.spec_version, bytes }
	}

	fn state(&self) -> Vec<(Vec<u8>, Vec<u8>)> {
		let best = self.client.info().best_hash;
		let pairs = self.client.storage_pairs(best, None, None).expect("a state");
		pairs.map(|(key, value)| (key.0, value.0)).collect()
	}
}

fn block(client: &Client, number: u32) -> Block {
	let hash = client.hash(number).expect("a database").expect("a block");
	let block = client.block(hash).expect("a database").expect("a block").block;
	let events_proof = match number {
		0 => vec![],
		_ => proof(client, hash, &[EVENTS_KEY.to_vec()]),
	};
	Block {
		header: block.header.encode(),
		spec_version: VERSION.spec_version,
		extrinsics: block.extrinsics.iter().map(Encode::encode).collect(),
		events_proof,
		justification: None,
	}
}

fn proof(client: &Client, block: H256, keys: &[Vec<u8>]) -> Vec<Vec<u8>> {
	let mut keys = keys.iter().map(Vec::as_slice);
	let proof = client.read_proof(block, &mut keys).expect("a proof");
	proof.into_iter_nodes().collect()
}
