// What the page says by itself. The sentences on what is proved come from the verification module.

import { ends, times } from "./language.js";

export const VERDICTS = {
	good: { zh: "核验通过", en: "Verified" },
	warn: { zh: "核验通过，请注意", en: "Verified, please note" },
	bad: { zh: "核验未通过", en: "Not verified" },
	mismatch: { zh: "与回执不符", en: "Not as the receipt says" },
};

export const HEADLINES = {
	ballot: { zh: "这张选票在链上，按下列选择计票", en: "This ballot is on the chain and counts as follows" },
	voting: { zh: "这张选票在链上，目前按下列选择计票", en: "This ballot is on the chain and counts, for now, as follows" },
	outcome: { zh: "已证明：该表决的结果及其依据如下", en: "Proved: the poll's result, and why it came out so" },
	no_ballot: { zh: "已证明：该出借人在此表决中没有选票", en: "Proved: this lender has no ballot in this poll" },
	replaced: { zh: "链上计票的是另一张选票，不是这张回执所对应的", en: "Another ballot counts than the one of this receipt" },
	vanished: { zh: "链上没有这张回执所对应的选票", en: "The chain has no ballot for this receipt" },
	failed: { zh: "这份文件不能证明任何事项", en: "This file proves nothing" },
};

export const RECORD_STATES = {
	pending: { level: "warn", zh: "该存证在链上，尚待认定", en: "This record is on the chain and still pending" },
	effective: { level: "good", zh: "该存证在链上，已生效", en: "This record is on the chain and effective" },
	rejected: { level: "warn", zh: "该存证在链上，但已被见证机构否定", en: "This record is on the chain, but the institutions rejected it" },
	superseded: { level: "warn", zh: "该存证在链上，但已被存证方更正", en: "This record is on the chain, but its producer replaced it" },
};

export const NOTES = {
	voting: { zh: "表决尚未截止，在此之前仍可改票。请在截止后再核验一次。", en: "The poll is still open: until its end the ballot can be replaced. Check again afterwards." },
	checkpoint: { zh: "核验以检查点区块为起点，其可信程度取决于您取得该哈希的来源。", en: "The check began at a checkpoint: it is as good as where you have its hash from." },
	replaced: { zh: "如果您后来改过票，请核对最新一张回执；下列编号才是计票的回执。如果您没有改过票，请保存证明文件，并向监管机构或仲裁机构反映。", en: "If you voted again later, look at your newest receipt: the code below is the one that counts. If you did not, save the proof file and turn to the regulator or an arbitration institution." },
	vanished: { zh: "请保存证明文件和您的回执，并向监管机构或仲裁机构反映。", en: "Save the proof file together with your receipt, and turn to the regulator or an arbitration institution." },
	other_chain: { zh: "请核对“信任起点”中的创世区块哈希是否与印刷件一致。", en: "Compare the genesis hash under “Where trust begins” with the printed one." },
	failed: { zh: "请勿采信该文件。可请提供者重新出具，或向监管机构反映。", en: "Do not rely on it. Ask for a new file, or turn to the regulator." },
};

/** For a file that begins at a later block. */
export const begins = ({ number, hash }) => ({
	zh: `文件自区块 ${number} 起证明。仅当您从可信渠道得知该区块的哈希时，才将其填入“检查点区块哈希”：${hash}`,
	en: `The file begins at block ${number}. Only if you know that block's hash from a source that you trust, enter it as the checkpoint: ${hash}`,
});

export const SOURCES = {
	file: { zh: "文件由您提供，未离开本设备", en: "The file is yours and did not leave this device" },
	node: { zh: "证明文件由本服务依节点数据制作，不含选票明文，已由您的设备独立核验", en: "The service made the proof file of a node's data, without the ballot's plaintext; this device checked it" },
	folder: { zh: "证明文件由机构存放于本服务，已由您的设备独立核验", en: "An institution left the proof file with this service; this device checked it" },
};

/** When and how long, at the end of a result. */
export const checked = (source, took) => ({
	zh: `${source.zh}。核验用时 ${took} 毫秒。`,
	en: `${source.en}. The check took ${took} ms.`,
});

export const LABELS = {
	summary: { zh: "要点", en: "In short" },
	proved: { zh: "已证明", en: "What is proved" },
	not_proved: { zh: "未证明", en: "What is not proved" },
	details: { zh: "技术信息", en: "Technical details" },
	reason: { zh: "原因", en: "Reason" },
	print: { zh: "打印", en: "Print" },
	save: { zh: "保存证明文件", en: "Save the proof file" },
	case: { zh: "案件", en: "Case" },
	row: { zh: "名册行号", en: "Row of the roll" },
	poll: { zh: "表决", en: "Poll" },
	choices: { zh: "计票内容", en: "Counts as" },
	revision: { zh: "选票版本", en: "Version" },
	phase: { zh: "表决状态", en: "State of the poll" },
	outcome: { zh: "结果", en: "Result" },
	grounds: { zh: "逐项条件", en: "Tests of the rule" },
	receipt: { zh: "计票的回执", en: "Receipt that counts" },
	plaintext: { zh: "明文记录", en: "Plaintext record" },
	cast_at: { zh: "投票时间（运营方所记）", en: "Cast at, by the operator" },
	as_of: { zh: "数据截至", en: "As of" },
	record: { zh: "存证", en: "Evidence record" },
	deposited: { zh: "存入时间", en: "Deposited" },
	leaves: { zh: "固定的记录数", en: "Records fixed" },
	digest: { zh: "摘要", en: "Digest" },
	identity: { zh: "身份标识", en: "Identity hash" },
	block: { zh: "区块", en: "Block" },
	hash: { zh: "区块哈希", en: "Hash of the block" },
	validators: { zh: "验证节点", en: "Validators" },
	changes: { zh: "验证节点变更次数", en: "Changes of validators" },
	genesis: { zh: "创世区块哈希", en: "Genesis hash" },
	checkpoint: { zh: "检查点区块哈希", en: "Checkpoint" },
	institutions: { zh: "见证机构", en: "Attesting institutions" },
	institution: { zh: "机构账号", en: "Institution" },
	relation: { zh: "独立性", en: "Ties" },
	word: { zh: "意见", en: "Verdict" },
};

export const PLAINTEXT = {
	shown: { zh: "已附，与链上摘要一致", en: "Included, and it fits the digest on the chain" },
	absent: { zh: "未附", en: "Not included" },
};

export const RELATIONS = {
	independent: { zh: "独立", en: "independent" },
	related: { zh: "有关联", en: "related" },
};

export function verdict(word) {
	switch (word.verdict) {
		case "confirmed":
			return { zh: `确认（区块 ${word.block}）`, en: `confirmed (block ${word.block})` };
		case "rejected":
			return { zh: `否定（区块 ${word.block}）`, en: `rejected (block ${word.block})` };
		default:
			return { zh: "尚未表态", en: "none yet" };
	}
}

export function phase(poll, time) {
	const end = ends(poll.closes_at);
	switch (poll.phase.phase) {
		case "closed":
			return { zh: `已关闭（${time(poll.phase.at)}），选票不能再变`, en: `closed (${time(poll.phase.at)}): no ballot can change any more` };
		case "cancelled":
			return { zh: `已撤销（${time(poll.phase.at)}），撤销前无人投票`, en: `cancelled (${time(poll.phase.at)}), before anybody voted` };
		case "over":
			return { zh: `已截止（${end.zh}），选票不能再变`, en: `over (${end.en}): no ballot can change any more` };
		default:
			return { zh: `进行中，${end.zh} 截止`, en: `open until ${end.en}` };
	}
}

export const revision = (number) =>
	number === 1
		? { zh: "第 1 版，未改过票", en: "1, never replaced" }
		: { zh: `第 ${number} 版，改票 ${number - 1} 次`, en: `${number}, replaced ${number === 2 ? "once" : `${number - 1} times`}` };

/** What a ballot marks in an item. */
export function choice({ item, marked }, number) {
	const { zh, en } = answer(item.kind, marked);
	return { zh: `第 ${number} 项：${zh}`, en: `Item ${number}: ${en}` };
}

function answer(kind, marked) {
	if (marked.length === 0) return { zh: "弃权", en: "abstains" };
	if (kind === "resolution" && marked[0] === 0) return { zh: "赞成", en: "for" };
	if (kind === "resolution" && marked[0] === 1) return { zh: "反对", en: "against" };
	// The chain counts options from 0, people from 1.
	const numbers = marked.map((option) => option + 1);
	if (kind === "approve_up_to") return { zh: `候选人 ${numbers.join("、")}`, en: `${numbers.length === 1 ? "candidate" : "candidates"} ${numbers.join(", ")}` };
	return { zh: `方案 ${numbers.join("、")}`, en: `option ${numbers.join(", ")}` };
}

/** What came of an item, with its rule. */
export function outcome(item, number) {
	const { zh, en } = tied(item, came(item));
	return { zh: `第 ${number} 项：${zh}。规则：${item.rule_zh}`, en: `Item ${number}: ${en}. Rule: ${item.rule}` };
}

/** Who was tied, and what settled it. */
function tied({ item, ties, lot }, { zh, en }) {
	const numbers = (options, comma) => options.map((one) => one + 1).join(comma);
	let settled = { zh: "按首次提名先后决定", en: "settled by the order of first nominations" };
	if (lot) settled = { zh: `以区块 ${lot.block} 的哈希抽签决定`, en: `settled by lot from the hash of block ${lot.block}` };
	if (item.kind === "choose_one") settled = { zh: "均不当选", en: "so that none is chosen" };
	for (const tie of ties) {
		zh += `；${numbers(tie, "、")} 票数相同，${settled.zh}`;
		en += `; ${numbers(tie, ", ")} tied, ${settled.en}`;
	}
	return { zh, en };
}

function came({ outcome, option, seats, reserves }) {
	const numbers = (options, comma) => options.map((one) => one + 1).join(comma);
	switch (outcome) {
		case "passed":
			return { zh: "通过", en: "passed" };
		case "chosen":
			return { zh: `选定方案 ${option + 1}`, en: `option ${option + 1} chosen` };
		case "elected": {
			const reserve = reserves.length > 0;
			return {
				zh: `候选人 ${numbers(seats, "、")} 当选${reserve ? `，候补 ${numbers(reserves, "、")}` : ""}`,
				en: `${seats.length === 1 ? "candidate" : "candidates"} ${numbers(seats, ", ")} elected${reserve ? `, in reserve ${numbers(reserves, ", ")}` : ""}`,
			};
		}
		default:
			return { zh: "未通过", en: "failed" };
	}
}

/** What each test of an item's rule measured; tests of the turnout are the same for every option. */
export function grounds({ item, grounds }) {
	const lines = [];
	grounds.forEach((ofOption, option) => {
		for (const ground of ofOption) {
			const turnout = ground.part === "voted";
			if (turnout && option > 0) continue;
			const named = !turnout && item.kind !== "resolution";
			lines.push({
				zh: `${named ? `选项 ${option + 1}，` : ""}${ground.zh}`,
				en: `${named ? `option ${option + 1}, ` : ""}${ground.en}`,
			});
		}
	});
	return lines;
}

/** What the page says of itself before it is ready. */
export const STARTS = {
	loading: { zh: "核验程序正在载入，请稍候。", en: "The check is loading, please wait." },
	lost: { zh: "核验程序未能下载，浏览器本身没有问题。请检查网络后重试。", en: "The check could not be downloaded; nothing is wrong with this browser. Look at your network and try again." },
	unfit: { zh: "此浏览器不支持 WebAssembly，无法在本设备上核验。请按下列方式之一继续。", en: "This browser has no WebAssembly and cannot check on this device. Go on in one of these ways." },
};

// What is marked `later` is no fault of what was typed: nothing is wrong, or will not be for long.
export const ERRORS = {
	no_code: { zh: "请输入回执编号。", en: "Please enter the receipt code." },
	not_a_hash: { zh: "哈希应为 64 位十六进制字符（0–9、a–f），可带 0x。", en: "A hash has 64 hex digits (0–9, a–f), with or without 0x." },
	no_genesis: { zh: "本服务没有给出创世区块哈希。请照公告所印的哈希填写，或稍后再试。", en: "The service did not tell the genesis hash. Enter the one that is printed on your notice, or try again later." },
	too_large: { zh: "文件超过 16 MiB，不是证明文件。", en: "The file is larger than 16 MiB: it is no proof file." },
	crashed: { zh: "核验程序无法处理该文件，请勿采信。", en: "The verification module cannot cope with this file: do not rely on it." },
	unreadable: { zh: "无法读取该文件。", en: "The file cannot be read." },
	other_chain: { zh: "该回执属于另一条链：与下方的创世区块哈希不符。", en: "That receipt is of another chain: it does not fit the genesis hash below." },
	no_bundle: { zh: "本服务没有该回执的证明文件。请向运营方索取证明文件，用“方式二”核验。", en: "This service has no proof file for that receipt. Ask the operator for it and use way 2." },
	not_counted: { zh: "本服务的节点答复：这一行没有与该回执相符的计票选票，可能后来改过票，也可能选票不在链上。此答复未经您的设备核验；为保护他人的选票，此处不显示详情。如果您改过票，请输入最新的回执编号；如果没有，请保留回执，请监管机构或仲裁机构出具证明文件，再用“方式二”核验。", en: "The service's node says that no ballot counts in this row which fits the receipt: you voted again later, or the ballot is not on the chain. This device could not check that, and to protect others' ballots nothing more is shown. If you voted again, enter your newest code. If not, keep the receipt, ask the regulator or an arbitration institution for a proof file, and use way 2." },
	waits_for_finality: { later: true, zh: "您的选票已在链上，尚待各验证节点最终确认，确认之后才能出具证明文件。选票没有丢失，也无须重新投票，请稍后再来核验。（以上为本服务节点的答复，未经您的设备核验。）", en: "Your ballot is on the chain and waits until the validators have made its block final; only then can a proof file be made. It is not lost, and you need not vote again: come back later. (This is what the service's node says; this device could not check it.)" },
	no_such_poll: { zh: "链上没有该回执所称的表决。", en: "The chain has no poll as the receipt says." },
	no_such_row: { zh: "该案件的名册没有该回执所称的行。", en: "The roll of that case has no row as the receipt says." },
	away: { later: true, zh: "本服务暂时无法答复。请稍后再试，或用“方式二”离线核验。", en: "The service does not answer now. Try again later, or use way 2 offline." },
	node_away: { later: true, zh: "本服务的节点暂时无法答复，请稍后再试。", en: "The service's node does not answer now. Try again later." },
	node_unsound: { later: true, zh: "节点的答复不能证明任何事项，请稍后再试或换用其他服务。", en: "What the node answers proves nothing. Try again later, or another service." },
	too_slow: { later: true, zh: "取得证明文件超时，请稍后再试。", en: "The proof file took too long. Try again later." },
	busy: { later: true, zh: "查询人数较多，请稍后再试。", en: "Too many ask at once. Try again later." },
	offline: { later: true, zh: "无法连接本服务。请检查网络，或用“方式二”离线核验。", en: "The service cannot be reached. Check your network, or use way 2 offline." },
	no_camera: { zh: "无法使用摄像头，请手工输入编号。", en: "The camera cannot be used: please type the code." },
};

/** Why the service has no proof file, as it answers. */
export function refusal({ code, message, finality }) {
	const known = ERRORS[code] || { zh: message, en: message };
	if (!finality) return known;
	const since = waits(finality);
	return { later: known.later, zh: `${known.zh}${since.zh}`, en: `${known.en} ${since.en}` };
}

/** Since when nothing new is final. */
function waits({ final_block, final_at, best_block }) {
	const at = times(final_at);
	return {
		zh: `最近一个已最终确认的区块是 ${final_block}（${at.zh}），最新区块是 ${best_block}。`,
		en: `The last final block is ${final_block} (${at.en}), the newest one ${best_block}.`,
	};
}
