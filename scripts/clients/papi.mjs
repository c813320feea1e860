// PAPI (polkadot-api), with keys as a wallet would hold them.

import { Keyring } from "@polkadot/api";
import { cryptoWaitReady } from "@polkadot/util-crypto";
import { Binary, createClient } from "polkadot-api";
import { getPolkadotSigner, withMetadataHash } from "polkadot-api/signer";
import { getWsProvider } from "polkadot-api/ws";
import WebSocket from "ws";
import { ensure, generated, run } from "./checks.mjs";
import { NAMES, SCENE } from "./scene.mjs";

await cryptoWaitReady();
const keyring = new Keyring({ type: "sr25519" });
const client = createClient(getWsProvider(process.env.URL, { websocketClass: WebSocket }));
const api = client.getUnsafeApi();

function signer(name) {
	const pair = keyring.addFromUri(`//${name}`);
	const raw = getPolkadotSigner(pair.publicKey, "Sr25519", (bytes) => pair.sign(bytes));
	return { address: pair.address, raw };
}

const [regulator, association, operator, arbiter] = ["Regulator", "Association", "Operator", "ArbiterOne"].map(signer);

const bytes = (text) => (Binary.fromText ? Binary.fromText(text) : new TextEncoder().encode(text));
const remark = (text) => api.tx.System.remark_with_event({ remark: bytes(text) });

// Sends a transaction and waits for its block.
function send(tx, who) {
	return inBlock(tx.signSubmitAndWatch(who));
}

function inBlock(watched) {
	return new Promise((resolve, reject) => {
		watched.subscribe({
			next: (event) => {
				if (event.type === "txBestBlocksState" && event.found) {
					event.ok ? resolve(event) : reject(new Error(shown(event.dispatchError)));
				}
			},
			error: reject,
		});
	});
}

function shown(value) {
	return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part));
}

function found(result, pallet, name) {
	const event = result.events.find((event) => event.type === pallet && event.value.type === name);
	ensure(event, `no event ${pallet}.${name}`);
	return event.value.value;
}

// Reads a block: PAPI hands out its transactions as bytes, and its events decoded.
async function read(hash) {
	const transactions = await client.getBlockBody(hash);
	const events = await api.query.System.Events.getValue({ at: hash });
	return { transactions, events: shown(events) };
}

const BYTES = "its transactions as bytes only; their events it shows";

await run("PAPI", {
	async generate() {
		return generated("npx papi add winddown -f ../../clients/sdk/metadata.scale");
	},
	async sign() {
		await send(remark("signed by PAPI"), regulator.raw);
	},
	async digest() {
		const shownByWallets = { decimals: 0, tokenSymbol: "NONE" };
		await send(remark("with the digest"), withMetadataHash(shownByWallets, regulator.raw));
	},
	async weight() {
		const info = await remark("weighed").getPaymentInfo(regulator.address);
		ensure(info.weight.ref_time > 0n, "no weight");
		ensure(info.partial_fee === 0n, "a fee");
		ensure(info.class.type === "Normal", `class ${info.class.type}`);
	},
	async print() {
		const { block } = await send(remark("printed by PAPI"), regulator.raw);
		ensure((await read(block.hash)).events.includes("Remarked"), "the remark is not shown");
		return BYTES;
	},
	async names() {
		const institution = await api.query.Consortium.Institutions.getValue(regulator.address);
		ensure(institution.name === NAMES.regulator, `name ${shown(institution.name)}`);
		const roles = institution.roles.map((role) => role.type);
		ensure(roles.join() === "Regulator,Council", `roles ${roles}`);
		const [{ keyArgs }] = await api.query.NodePermission.Peers.getEntries();
		ensure(keyArgs[0].startsWith("12D3KooW"), `peer ${shown(keyArgs)}`);
	},
	async view() {
		const minimums = await api.view.Cases.minimums();
		ensure(minimums.notice > 0n, shown(minimums));
	},
	async motion() {
		const call = api.tx.Consortium.set_roles({ who: arbiter.address, roles: [{ type: "Arbiter" }, { type: "Platform" }] });
		const length = (await call.getEncodedData()).asBytes?.().length ?? (await call.getEncodedData()).length;
		const proposed = await send(
			api.tx.Council.propose({ threshold: 2, proposal: call.decodedCall, length_bound: length }),
			regulator.raw,
		);
		const { proposal_index: index, proposal_hash: proposal } = found(proposed, "Council", "Proposed");
		for (const member of [regulator, association]) {
			await send(api.tx.Council.vote({ proposal, index, approve: true }), member.raw);
		}
		const { weight } = await api.apis.TransactionPaymentCallApi.query_call_info(call.decodedCall, length);
		const closed = await send(
			api.tx.Council.close({ proposal_hash: proposal, index, proposal_weight_bound: weight, length_bound: length }),
			operator.raw,
		);
		const { result } = found(closed, "Council", "Executed");
		ensure(result.success, shown(result));
	},
	async proxy() {
		const [registrar, second] = ["Registrar", "Registrar//papi"].map(signer);
		const multi = (who) => ({ type: "Id", value: who.address });
		await send(
			api.tx.Proxy.add_proxy({ delegate: multi(second), proxy_type: { type: "Operations" }, delay: 0 }),
			registrar.raw,
		);
		const acted = await send(
			api.tx.Proxy.proxy({ real: multi(registrar), force_proxy_type: undefined, call: remark("second key").decodedCall }),
			second.raw,
		);
		const { result } = found(acted, "Proxy", "ProxyExecuted");
		ensure(result.success, shown(result));
	},
	async refusal() {
		const stranger = signer("Nobody");
		try {
			await send(
				api.tx.Proxy.proxy({
					real: { type: "Id", value: regulator.address },
					force_proxy_type: undefined,
					call: remark("a stranger").decodedCall,
				}),
				stranger.raw,
			);
		} catch (error) {
			const said = shown(error.error ?? error.message);
			ensure(/Custom/.test(said) && /5/.test(said), said);
			return;
		}
		throw new Error("a stranger acted");
	},
	async intent() {
		const call = await api.txFromCallData(bytesOf(SCENE.calls.PAPI));
		const bare = await call.getBareTx();
		await inBlock(client.submitAndWatch(bare));
	},
	async ready() {
		await inBlock(client.submitAndWatch(SCENE.ready.PAPI));
	},
	async block() {
		ensure((await read(SCENE.block)).events.includes("Refused"), "the intent is not shown");
		return BYTES;
	},
});
process.exit(0);

function bytesOf(hex) {
	return Binary.fromHex ? Binary.fromHex(hex) : Uint8Array.from(Buffer.from(hex.slice(2), "hex"));
}
