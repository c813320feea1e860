// PAPI (polkadot-api), with keys as a wallet would hold them.

import { getExtrinsicDecoder } from "@polkadot-api/tx-utils";
import { Keyring } from "@polkadot/api";
import { blake2AsHex, cryptoWaitReady, sortAddresses } from "@polkadot/util-crypto";
import { Binary, createClient } from "polkadot-api";
import { getPolkadotSigner, withMetadataHash } from "polkadot-api/signer";
import { getWsProvider } from "polkadot-api/ws";
import WebSocket from "ws";
import { ensure, generated, run, shown } from "./checks.mjs";
import { MEMBERS, NAMES, SCENE } from "./scene.mjs";
import { ofTexts } from "./texts.mjs";

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

function found(result, pallet, name) {
	const event = result.events.find((event) => event.type === pallet && event.value.type === name);
	ensure(event, `no event ${pallet}.${name}`);
	return event.value.value;
}

// Reads a block: PAPI hands out its transactions as bytes; its companion @polkadot-api/tx-utils decodes them.
const metadata = await api.apis.Metadata.metadata_at_version(16);
const decode = getExtrinsicDecoder(metadata.asBytes?.() ?? metadata);
async function printed(hash) {
	const transactions = await client.getBlockBody(hash);
	return transactions.map((bytes) => shown(decode(bytes))).join();
}

const members = MEMBERS.map(signer);
const others = (member) => sortAddresses(members.filter((one) => one !== member).map((one) => one.address), 42);
const authorise = (digest) =>
	api.tx.Cases.authorise({ kind: { type: "OnlineLending" }, notice: { type: "Sha256", value: digest }, association: undefined });
const approve = (hash) =>
	api.tx.Multisig.approve_as_multi({
		threshold: 2,
		other_signatories: others(members[0]),
		maybe_timepoint: undefined,
		call_hash: hash,
		max_weight: { ref_time: 1_000_000_000n, proof_size: 0n },
	});
const row = (amount) => [{ identity: `0x${"01".repeat(32)}`, amount: BigInt(amount), class: 0 }];
const importRow = (amount) => api.tx.Claims.import({ case_id: SCENE.openRoll, first: 0, rows: row(amount) });
const trial = (call, who) => ({
	encode: async (value) => hex(await call(value).getEncodedData()),
	send: (value) => send(call(value), who.raw).catch((error) => Promise.reject(new Error(said(error)))),
});

// What a rejection holds besides its words: the code of the pool.
function said(error) {
	return error.error ? `Custom ${shown(error.error)}` : error.message;
}

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
		const text = await printed(block.hash);
		ensure(text.includes("remark_with_event") && text.includes(regulator.address), "the remark is not shown");
		return { note: "with @polkadot-api/tx-utils; by itself it hands out bytes" };
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
	async nothing() {
		const real = { type: "Id", value: regulator.address };
		const call = remark("nothing").decodedCall;
		const left = hex(await api.tx.Proxy.proxy({ real, force_proxy_type: undefined, call }).getEncodedData());
		const nothing = hex(await api.tx.Proxy.proxy({ real, force_proxy_type: null, call }).getEncodedData());
		ensure(nothing === left, "it writes the first kind, `Any`");
	},
	async stranger() {
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
			ensure(error.error?.value?.type === "Custom" && error.error.value.value === 5, said(error));
			return;
		}
		throw new Error("a stranger acted");
	},
	async multisig() {
		const call = remark("all of us");
		const data = await call.getEncodedData();
		const call_hash = blake2AsHex(hex(data));
		const max_weight = { ref_time: 1_000_000_000n, proof_size: 0n };
		const approval = { threshold: 2, other_signatories: others(members[0]), maybe_timepoint: undefined, call_hash, max_weight };
		const approved = await send(api.tx.Multisig.approve_as_multi(approval), members[0].raw);
		found(approved, "Multisig", "NewMultisig");
		const { when } = await api.query.Multisig.Multisigs.getValue(SCENE.multisig, call_hash, { at: "best" });
		const last = { threshold: 2, other_signatories: others(members[1]), maybe_timepoint: when, call: call.decodedCall, max_weight };
		const { result } = found(await send(api.tx.Multisig.as_multi(last), members[1].raw), "Multisig", "MultisigExecuted");
		ensure(result.success, shown(result));
	},
	async intent() {
		const call = await api.txFromCallData(bytesOf(SCENE.calls.PAPI));
		const done = await inBlock(client.submitAndWatch(await call.getBareTx()));
		found(done, "Claims", "ClaimConfirmed");
	},
	async bare() {
		ensure((await printed(SCENE.blocks.bare.hash)).includes('"submit"'), "the intent is not shown");
		return { note: "with @polkadot-api/tx-utils; by itself it hands out bytes" };
	},
	async ready() {
		await inBlock(client.submitAndWatch(bytesOf(SCENE.ready.PAPI)));
	},
	async general() {
		ensure((await printed(SCENE.blocks.general.hash)).includes('"submit"'), "the intent is not shown");
		return { note: "with @polkadot-api/tx-utils; by itself it hands out bytes" };
	},
	...ofTexts({
		digest: trial(authorise, signer("Platform")),
		hash: trial(approve, members[0]),
		amount: trial(importRow, signer("Platform")),
	}),
});
process.exit(0);

function bytesOf(text) {
	return Uint8Array.from(Buffer.from(text.slice(2), "hex"));
}

function hex(data) {
	return `0x${Buffer.from(data.asBytes?.() ?? data).toString("hex")}`;
}
