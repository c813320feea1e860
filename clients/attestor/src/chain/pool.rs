use super::{keys, patiently, Snapshot};
use codec::Decode;
use subxt::rpcs::{rpc_params, RpcClient};
use winddown_proof::Hash;
use winddown_sdk::{
	chain::{unreachable, Chain, Head, Transport},
	AccountId32, Error,
};

/// Transactions that the node holds and that are in no block yet.
#[derive(Clone)]
pub struct Pool {
	rpc: RpcClient,
}

impl Pool {
	pub(super) async fn connect(url: &str, transport: Transport) -> Result<Self, Error> {
		let connect = async {
			match transport {
				Transport::Secure => RpcClient::from_url(url).await,
				Transport::AllowPlain => RpcClient::from_insecure_url(url).await,
			}
			.map_err(|error| unreachable(url, &error))
		};
		Ok(Self { rpc: patiently(connect).await? })
	}

	/// How many transactions of an account the pool holds, by the next nonce that the node would
	/// give it and that of the newest block.
	pub async fn held(&self, chain: &Chain, account: &AccountId32) -> Result<u32, Error> {
		let best = Snapshot::take(chain, Head::Best).await?;
		let stored = best.value(keys::account(&Hash(account.0))).await?.unwrap_or_default();
		// An account begins with its nonce; one that never signed is absent.
		let nonce = u32::decode(&mut &stored[..]).unwrap_or_default();
		let next = async {
			let params = rpc_params![account.to_string()];
			let asked = self.rpc.request::<u32>("system_accountNextIndex", params);
			asked.await.map_err(|error| Error::Node(error.to_string()))
		};
		Ok(patiently(next).await?.saturating_sub(nonce))
	}
}
