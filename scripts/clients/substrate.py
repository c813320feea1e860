"""py-substrate-interface."""

import hashlib
import json
import os
import time

from scalecodec import ScaleBytes
from substrateinterface import Keypair, SubstrateInterface

CLIENT = "py-substrate-interface"
SCENE = json.load(open(os.environ["SCENE"], encoding="utf-8"))
chain = SubstrateInterface(url=os.environ["URL"])


def key(name):
    return Keypair.create_from_uri(f"//{name}")


REGULATOR, ASSOCIATION, OPERATOR, ARBITER, PLATFORM = map(
    key, ("Regulator", "Association", "Operator", "ArbiterOne", "Platform")
)
MEMBERS = [key(f"Member//{name}") for name in ("One", "Two", "Three")]
ANY_WEIGHT = {"ref_time": 1_000_000_000, "proof_size": 0}


def call(module, function, **arguments):
    return chain.compose_call(module, function, arguments)


def remark(text):
    return call("System", "remark_with_event", remark=text)


def send(composed, signer):
    """Sends a call and waits for its block."""
    extrinsic = chain.create_signed_extrinsic(call=composed, keypair=signer)
    receipt = chain.submit_extrinsic(extrinsic, wait_for_inclusion=True)
    ensure(receipt.is_success, str(receipt.error_message))
    return receipt


def event(receipt, pallet, name):
    for record in receipt.triggered_events:
        value = record.value["event"]
        if (value["module_id"], value["event_id"]) == (pallet, name):
            return value["attributes"]
    raise AssertionError(f"no event {pallet}.{name}")


def ensure(condition, what):
    if not condition:
        raise AssertionError(what)


def sign():
    send(remark("signed by Python"), REGULATOR)


def weight():
    info = chain.get_payment_info(call=remark("weighed"), keypair=REGULATOR)
    ensure(info["weight"]["ref_time"] > 0 and info["class"] == "Normal", str(info))
    ensure(int(info["partial_fee"] if "partial_fee" in info else info["partialFee"]) == 0, str(info))


def print_block():
    receipt = send(remark("printed by Python"), REGULATOR)
    text = shown(receipt.block_hash)
    ensure("printed by Python" in text, "the remark is not shown")
    ensure(REGULATOR.ss58_address in text, "the signer is not shown")


def raw_extrinsics(block_hash):
    return chain.rpc_request("chain_getBlock", [block_hash])["result"]["block"]["extrinsics"]


def shown(block_hash):
    """A block as an explorer prints it: every transaction in words, with its hash."""
    block = chain.get_block(block_hash)
    for raw, extrinsic in zip(raw_extrinsics(block_hash), block["extrinsics"], strict=True):
        told = extrinsic.value["extrinsic_hash"]
        true = "0x" + hashlib.blake2b(bytes.fromhex(raw[2:]), digest_size=32).hexdigest()
        ensure(told in (None, true), "its hash of a transaction is wrong")
    return " ".join(str(extrinsic.value) for extrinsic in block["extrinsics"])


def names():
    institution = chain.query("Consortium", "Institutions", [REGULATOR.ss58_address]).value
    ensure(institution["name"] == "Regulator", str(institution))
    ensure(institution["roles"] == ["Regulator", "Council"], str(institution))
    peer, _ = next(iter(chain.query_map("NodePermission", "Peers")))
    ensure(peer.value.startswith("12D3KooW"), str(peer.value))


def motion():
    composed = call("Consortium", "set_roles", who=ARBITER.ss58_address, roles=["Arbiter", "Registrar"])
    length = len(composed.data.data)
    proposed = send(call("Council", "propose", threshold=2, proposal=composed, length_bound=length), REGULATOR)
    told = event(proposed, "Council", "Proposed")
    index, digest = told["proposal_index"], told["proposal_hash"]
    for member in (REGULATOR, ASSOCIATION):
        send(call("Council", "vote", proposal=digest, index=index, approve=True), member)
    bound = chain.get_payment_info(call=composed, keypair=OPERATOR)["weight"]
    closed = send(
        call("Council", "close", proposal_hash=digest, index=index, proposal_weight_bound=bound, length_bound=length),
        OPERATOR,
    )
    ensure("Ok" in str(event(closed, "Council", "Executed")["result"]), "the motion failed")


def proxy():
    registrar, second = key("Registrar"), key("Registrar//python")
    send(call("Proxy", "add_proxy", delegate=second.ss58_address, proxy_type="Operations", delay=0), registrar)
    acted = send(
        call("Proxy", "proxy", real=registrar.ss58_address, force_proxy_type=None, call=remark("second key")), second
    )
    ensure("Ok" in str(event(acted, "Proxy", "ProxyExecuted")["result"]), "it failed")


def stranger():
    try:
        send(
            call("Proxy", "proxy", real=REGULATOR.ss58_address, force_proxy_type=None, call=remark("a stranger")),
            key("Nobody"),
        )
    except Exception as error:  # noqa: BLE001
        ensure("Custom error: 5" in str(error), str(error))
        return
    raise AssertionError("a stranger acted")


def multisig():
    account = chain.generate_multisig_account([member.ss58_address for member in MEMBERS], 2)
    ensure(account.ss58_address == SCENE["multisig"], f"its account is {account.ss58_address}")
    composed = remark("all of us")
    executed = None
    for member in MEMBERS[:2]:
        extrinsic = chain.create_multisig_extrinsic(composed, member, account, max_weight=ANY_WEIGHT)
        executed = chain.submit_extrinsic(extrinsic, wait_for_inclusion=True)
        ensure(executed.is_success, str(executed.error_message))
    ensure("Ok" in str(event(executed, "Multisig", "MultisigExecuted")["result"]), "it failed")


def nothing():
    whole = call("Proxy", "proxy", real=REGULATOR.ss58_address, force_proxy_type=None, call=remark("nothing"))
    # Pallet, call, the kind of address, 32 bytes: then the option.
    ensure(whole.data.data[35] == 0, "it writes a kind")


def intent():
    given = SCENE["calls"][CLIENT]
    decoded = chain.create_scale_object("Call", data=ScaleBytes(given)).decode()
    arguments = {argument["name"]: argument["value"] for argument in decoded["call_args"]}
    # It reads an index of each call, and writes no call inside of another one that has one.
    del arguments["signed"]["intent"]["call"]["call_index"]
    composed = call(decoded["call_module"], decoded["call_function"], **arguments)
    ensure(composed.data.to_hex() == given, "it writes the call as other bytes")
    receipt = chain.submit_extrinsic(chain.create_unsigned_extrinsic(composed), wait_for_inclusion=True)
    event(receipt, "Claims", "ClaimConfirmed")


def ready():
    bytes_ = SCENE["ready"][CLIENT]
    height = chain.get_block_number(None)
    chain.rpc_request("author_submitExtrinsic", [bytes_])
    for number in range(height, height + 10):
        while (block_hash := chain.rpc_request("chain_getBlockHash", [number])["result"]) is None:
            time.sleep(0.5)
        if bytes_ in raw_extrinsics(block_hash):
            return
    raise AssertionError("no block took it")


def block(form):
    return lambda: ensure("'submit'" in shown(SCENE["blocks"][form]["hash"]), "the intent is not shown")


def authorise(digest):
    return call("Cases", "authorise", kind="OnlineLending", notice={"Sha256": digest}, association=None)


def approve(call_hash):
    others = sorted((member.public_key.hex(), member.ss58_address) for member in MEMBERS[1:])
    return call(
        "Multisig",
        "approve_as_multi",
        threshold=2,
        other_signatories=[address for _, address in others],
        maybe_timepoint=None,
        call_hash=call_hash,
        max_weight=ANY_WEIGHT,
    )


def import_row(amount):
    row = {"identity": "0x" + "01" * 32, "amount": amount, "class": 0}
    # A list in a wrapper of its own, as each bounded list is.
    return call("Claims", "import", case_id=SCENE["openRoll"], first=0, rows=[[row]])


def harmless(compose, good, text, signer, name):
    """Either the client refuses the text, or the chain does what it wrote, by this name."""

    def check():
        compose(good)
        try:
            composed = compose(text)
        except Exception:  # noqa: BLE001
            return {"note": "the client refuses it"}
        try:
            send(composed, signer)
        except Exception as error:  # noqa: BLE001
            ensure(name in str(error), str(error))
            return {"note": f"the client writes other bytes, and the chain refuses them: {name}"}
        raise AssertionError("the client writes other bytes, and the chain takes them")

    return check


def noticed(text):
    """Whether the client refuses the text: for another digest the chain can only take it."""

    def check():
        good = SCENE["texts"]["good"][2:]
        place = authorise("0x" + good).data.to_hex().index(good)
        try:
            written = authorise(text).data.to_hex()
        except Exception:  # noqa: BLE001
            return {"note": "the client refuses it"}
        digest = written[place : place + len(good)]
        raise AssertionError(f"the client writes 0x{digest[:8]}…{digest[-4:]} for {text[:10]}…{text[-4:]}")

    return check


TEXTS = SCENE["texts"]
CHECKS = {
    "generate": None,
    "sign": sign,
    "digest": "it has no way to give the digest",
    "weight": weight,
    "print": print_block,
    "names": names,
    "view": "it reads metadata of version 14, in which view functions do not stand",
    "motion": motion,
    "proxy": proxy,
    "stranger": stranger,
    "multisig": multisig,
    "intent": intent,
    "bare": block("bare"),
    "ready": ready,
    "general": block("general"),
    "nothing": nothing,
    "zeros": harmless(authorise, TEXTS["good"], TEXTS["zeros"], PLATFORM, "ZeroDigest"),
    "hash": harmless(approve, TEXTS["good"], TEXTS["zeros"], MEMBERS[0], "Custom error: 8"),
    "amount": harmless(import_row, 1, -1, PLATFORM, "AmountTooLarge"),
    "letter": noticed(TEXTS["letter"]),
    "long": noticed(TEXTS["long"]),
    "short": noticed(TEXTS["short"]),
}

for name, perform in CHECKS.items():
    if perform is None:
        continue
    ok, said = True, ""
    if isinstance(perform, str):
        ok, said = False, perform
    else:
        try:
            said = (perform() or {"note": ""})["note"]
        except Exception as error:  # noqa: BLE001
            ok, said = False, (str(error) or repr(error)).split("\n")[0][:160]
    with open(os.environ["RESULTS"], "a", encoding="utf-8") as results:
        results.write(json.dumps({"client": CLIENT, "check": name, "ok": ok, "said": said}) + "\n")
    print(f"{CLIENT}: {name}: {'yes' if ok else 'no'}{': ' + said if said else ''}", flush=True)
