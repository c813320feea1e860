"""py-substrate-interface."""

import json
import os

from substrateinterface import Keypair, SubstrateInterface

CLIENT = "py-substrate-interface"
SCENE = json.load(open(os.environ["SCENE"], encoding="utf-8"))
chain = SubstrateInterface(url=os.environ["URL"])


def key(name):
    return Keypair.create_from_uri(f"//{name}")


REGULATOR, ASSOCIATION, OPERATOR, ARBITER = map(key, ("Regulator", "Association", "Operator", "ArbiterOne"))


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
    ensure("printed by Python" in shown(receipt.block_hash), "the remark is not shown")


def shown(block_hash):
    block = chain.get_block(block_hash)
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


def refusal():
    try:
        send(
            call("Proxy", "proxy", real=REGULATOR.ss58_address, force_proxy_type=None, call=remark("a stranger")),
            key("Nobody"),
        )
    except Exception as error:  # noqa: BLE001
        ensure("Custom error: 5" in str(error), str(error))
        return
    raise AssertionError("a stranger acted")


def intent():
    composed = chain.create_scale_object("Call")
    from scalecodec import ScaleBytes

    composed.decode(ScaleBytes(SCENE["calls"][CLIENT]))
    extrinsic = chain.create_unsigned_extrinsic(composed)
    receipt = chain.submit_extrinsic(extrinsic, wait_for_inclusion=True)
    ensure(receipt.is_success, str(receipt.error_message))


def ready():
    chain.rpc_request("author_submitExtrinsic", [SCENE["ready"][CLIENT]])


def block():
    ensure("submit" in shown(SCENE["block"]), "the intent is not shown")


CHECKS = {
    "generate": "it generates none",
    "sign": sign,
    "digest": "it has no way to give the digest",
    "weight": weight,
    "print": print_block,
    "names": names,
    "view": "it reads metadata of version 14, in which view functions do not stand",
    "motion": motion,
    "proxy": proxy,
    "refusal": refusal,
    "intent": intent,
    "ready": ready,
    "block": block,
}

for check, perform in CHECKS.items():
    said = perform if isinstance(perform, str) else ""
    if callable(perform):
        try:
            perform()
        except Exception as error:  # noqa: BLE001
            said = (str(error) or repr(error)).split("\n")[0][:160]
    with open(os.environ["RESULTS"], "a", encoding="utf-8") as results:
        results.write(json.dumps({"client": CLIENT, "check": check, "ok": said == "", "said": said}) + "\n")
    print(f"{CLIENT}: {check}: {'yes' if said == '' else 'no: ' + said}", flush=True)
