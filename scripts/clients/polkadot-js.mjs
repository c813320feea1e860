// @polkadot/api, on which Polkadot.js Apps is built.

import { ApiPromise, Keyring, WsProvider } from "@polkadot/api";
import { createKeyMulti, encodeAddress, sortAddresses } from "@polkadot/util-crypto";
import { ensure, run } from "./checks.mjs";
import { DIGEST, NAMES, SCENE } from "./scene.mjs";

const provider = new WsProvider(process.env.URL);
const api = await ApiPromise.create({ provider, noInitWarn: true });
const keyring = new Keyring({ type: "sr25519" });
const key = (name) => keyring.addFromUri(`//${name}`);
const [regulator, association, operator] = ["Regulator", "Association", "Operator"].map(key);

// Sends a transaction and waits for its block.
function send(tx, signer, options = {}) {
	return new Promise((resolve, reject) => {
		tx.signAndSend(signer, options, (result) => {
			if (result.dispatchError) return reject(new Error(explained(result.dispatchError)));
			if (result.isInBlock) return resolve(result);
			if (result.isError) return reject(new Error(result.status.toString()));
		}).catch(reject);
	});
}

function explained(error) {
	if (!error.isModule) return error.toString();
	const { section, name } = api.registry.findMetaError(error.asModule);
	return `${section}.${name}`;
}

const remark = (text) => api.tx.system.remarkWithEvent(text);

async function printed(hash) {
	const block = await api.rpc.chain.getBlock(hash);
	const human = JSON.stringify(block.toHuman());
	for (const ext of block.block.extrinsics) {
		ext.toHuman();
		void ext.signer.toString();
		ensure(ext.hash.toHex().length === 66, "no hash");
	}
	return { block, human };
}

// Carries a motion of the council through, as Polkadot.js Apps does: weight and length from the chain.
async function decide(call) {
	const length = call.method.encodedLength;
	const proposed = await send(api.tx.council.propose(2, call, length), regulator);
	const { data } = proposed.events.find(({ event }) => event.method === "Proposed").event;
	const [, index, hash] = data;
	await send(api.tx.council.vote(hash, index, true), regulator);
	await send(api.tx.council.vote(hash, index, true), association);
	const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(call.method, length);
	const closed = await send(api.tx.council.close(hash, index, weight, length), operator);
	const executed = closed.events.find(({ event }) => event.method === "Executed");
	ensure(executed.event.data[1].isOk, `the motion failed: ${executed.event.data[1]}`);
}

const second = key("Registrar//second");
const members = ["One", "Two", "Three"].map((name) => key(`Member//${name}`));
const multisig = encodeAddress(createKeyMulti(members.map((member) => member.address), 2), 42);

await run("@polkadot/api", {
	async sign() {
		await send(remark("signed by @polkadot/api"), regulator);
	},
	async digest() {
		await send(remark("with the digest"), regulator, { mode: 1, metadataHash: DIGEST });
	},
	async weight() {
		const info = await remark("weighed").paymentInfo(regulator);
		ensure(info.weight.refTime.toBigInt() > 0n, "no weight");
		ensure(info.partialFee.toBigInt() === 0n, "a fee");
		ensure(info.class.isNormal, `class ${info.class}`);
	},
	async print() {
		const { status } = await send(remark("printed by @polkadot/api"), regulator);
		const { human } = await printed(status.asInBlock);
		ensure(human.includes("printed by @polkadot/api"), "the remark is not shown");
	},
	async names() {
		const institution = (await api.query.consortium.institutions(regulator.address)).toHuman();
		ensure(institution.name === NAMES.regulator, `name ${institution.name}`);
		ensure(institution.roles.join() === "Regulator,Council", `roles ${institution.roles}`);
		const [peer] = (await api.query.nodePermission.peers.keys())[0].toHuman();
		ensure(peer.startsWith("12D3KooW"), `peer ${peer}`);
	},
	async view() {
		const views = api.view?.cases ?? api.call.runtimeViewFunction;
		return views.minimums ? void (await views.minimums()) : "only by its number, through api.call.runtimeViewFunction";
	},
	async motion() {
		await decide(api.tx.consortium.admit(multisig, "联合机构", ["Arbiter", "Platform"]));
		const { name, roles } = (await api.query.consortium.institutions(multisig)).toHuman();
		ensure(name === "联合机构" && roles.join() === "Arbiter,Platform", `${name}: ${roles}`);
	},
	async proxy() {
		const registrar = key("Registrar");
		await send(api.tx.proxy.addProxy(second.address, "Operations", 0), registrar);
		const acted = await send(api.tx.proxy.proxy(registrar.address, null, remark("second key")), second);
		const executed = acted.events.find(({ event }) => event.method === "ProxyExecuted");
		ensure(executed.event.data[0].isOk, `it failed: ${executed.event.data[0]}`);
	},
	async refusal() {
		const stranger = key("Nobody");
		try {
			await send(api.tx.proxy.proxy(regulator.address, null, remark("a stranger")), stranger);
		} catch (error) {
			ensure(error.message.includes("Custom error: 5"), error.message);
			return;
		}
		throw new Error("a stranger acted");
	},
	async multisig() {
		const call = remark("all of us");
		const { weight } = await api.call.transactionPaymentCallApi.queryCallInfo(call.method, call.method.encodedLength);
		const others = (member) => sortAddresses(members.filter((one) => one !== member).map((one) => one.address), 42);
		const approved = await send(
			api.tx.multisig.approveAsMulti(2, others(members[0]), null, call.method.hash, weight),
			members[0],
		);
		const when = (await api.query.multisig.multisigs(multisig, call.method.hash)).unwrap().when;
		ensure(approved.events.some(({ event }) => event.method === "NewMultisig"), "no multisig");
		const done = await send(api.tx.multisig.asMulti(2, others(members[1]), when, call, weight), members[1]);
		const executed = done.events.find(({ event }) => event.method === "MultisigExecuted");
		ensure(executed.event.data[4].isOk, `it failed: ${executed.event.data[4]}`);
	},
	async intent() {
		const tx = api.tx(api.registry.createType("Call", SCENE.calls["@polkadot/api"]));
		await new Promise((resolve, reject) => {
			tx.send((result) => {
				if (result.isInBlock) resolve();
				if (result.isError) reject(new Error(result.status.toString()));
			}).catch(reject);
		});
	},
	async ready() {
		await provider.send("author_submitExtrinsic", [SCENE.ready["@polkadot/api"]]);
	},
	async block() {
		const { human } = await printed(SCENE.block);
		ensure(human.includes("submit"), "the intent is not shown");
	},
});
process.exit(0);
