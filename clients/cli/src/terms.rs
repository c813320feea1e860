//! What tables say in Chinese, by the words of docs/glossary.md.

/// A label in English and, where it is known, in Chinese.
pub fn label(english: &str) -> String {
	both(english, label_in_chinese(english))
}

/// What is said of something, such as its state, in English and, where it is a known word, in Chinese.
pub fn value(english: &str) -> String {
	both(english, value_in_chinese(english))
}

fn both(english: &str, chinese: Option<&str>) -> String {
	match chinese {
		Some(chinese) => format!("{english} {chinese}"),
		None => english.into(),
	}
}

fn label_in_chinese(label: &str) -> Option<&'static str> {
	Some(match label {
		// Cases and their terms.
		"case" => "案件",
		"stage" => "阶段",
		"since" => "始于",
		"opened" => "开启",
		"kind" => "类别",
		"platform" => "平台",
		"association" => "行业协会",
		"exit notice" => "清退公告",
		"notice" => "公告期",
		"confirmation" => "确权期",
		"review" => "审阅期",
		"voting" => "表决期",
		"time to confirm" => "确权期限",
		"time to review a plan" => "方案审阅期限",
		"time to vote" => "表决期限",
		"roll may be locked from" => "名册最早锁定时间",
		"claims may be disputed until" => "异议截止",
		"silence confirms" => "默认确权",
		"rounds of votes on plans" => "方案表决轮数",
		"a ballot may be replaced" => "选票可更改次数",
		"a resolution passes by" => "决议通过规则",
		"a plan passes by" => "方案通过规则",
		"a candidate is eligible by" => "候选人入围规则",
		"seats planned" => "计划席位",
		"reserves" => "候补",
		"mandate covers" => "授权范围",
		"least claim to stand" => "参选最低债权",
		"grace after a due date" => "宽限期",
		"arbiter" => "仲裁机构",
		"relation" => "关联关系",
		"account" => "账户",
		// The roll and its claims.
		"row" => "行号",
		"lender" => "出借人",
		"lenders" => "人数",
		"cut-off" => "基准日",
		"rows" => "行数",
		"locked" => "已锁定",
		"imported" => "已导入",
		"eligible to vote" => "表决权名册",
		"rows of the roll" => "名册行数",
		"total" => "合计",
		"digest" => "摘要",
		"class" => "债权组别",
		"may vote" => "有表决权",
		"claims not yet confirmed" => "未确权",
		"claims confirmed by app" => "线上确权",
		"claims confirmed by call" => "电话确权",
		"claims deemed confirmed" => "默认确权",
		"claims disputed" => "有异议",
		"claims provisional" => "临时表决",
		"claims adjudicated" => "已裁定",
		"claims excluded" => "已排除",
		"claim as imported" => "导入债权",
		"claim that counts" => "计票债权",
		"claim stands" => "债权状态",
		"identity hash" => "身份标识",
		"key" => "公钥",
		"key status" => "公钥状态",
		"key, for a lender" => "出借人公钥",
		"account, for an institution" => "机构账户",
		"last sequence" => "最近序号",
		"sequence" => "序号",
		"valid until" => "有效至",
		"action" => "内容",
		// Polls, committees and plans.
		"poll" => "表决",
		"purpose" => "用途",
		"closes" => "截止",
		"closed" => "截止时间",
		"took part" => "已参与",
		"state" => "状态",
		"ballot" => "选票",
		"ballots cast" => "已投选票",
		"carried out" => "已执行",
		"not known" => "结果未知",
		"ballots that count" => "有效选票",
		"of them replaced before" => "其中更改过",
		"counted at block" => "计票区块",
		"revision" => "版次",
		"record" => "存证",
		"item" => "表决事项",
		"option" => "选项",
		"outcome" => "结果",
		"of voters" => "占参与人数",
		"of amount" => "占参与金额",
		"of those voting" => "占参与人数",
		"of that voting" => "占参与金额",
		"amount" => "金额",
		"document" => "文件摘要",
		"candidate" => "候选人",
		"statement" => "陈述",
		"committee" => "监委会",
		"members" => "成员",
		"elected in poll" => "当选表决",
		"decision" => "决定",
		"matter" => "事由",
		"votes" => "投票",
		"plan" => "兑付方案",
		"proposed" => "提出",
		"of the claims" => "占债权",
		"instalment" => "兑付期次",
		"due" => "到期",
		"promised" => "承诺",
		"paid" => "已付",
		"settled" => "付清",
		"flag" => "标记",
		"acknowledged" => "确认收款",
		"complaints" => "投诉",
		// Evidence and institutions.
		"id" => "编号",
		"evidence is effective with" => "存证生效条件",
		"what" => "内容",
		"how many" => "数量",
		"stored" => "入库时间",
		"name" => "名称",
		"batches" => "所在批次",
		"content" => "明文",
		"records" => "记录",
		"producer" => "存证方",
		"confirmed" => "见证数",
		"taken of" => "摘要对象",
		"leaves" => "叶数",
		"bytes" => "字节",
		"made" => "形成时间",
		"deposited" => "存证时间",
		"institution" => "机构",
		"verdict" => "见证意见",
		"block" => "区块",
		"reason" => "理由",
		"roles" => "角色",
		"standing" => "状态",
		"council" => "理事会",
		"motion" => "议案",
		"what it does" => "内容",
		"for it" => "赞成",
		"against it" => "反对",
		"ends about" => "约截止于",
		"by institutions" => "机构存证",
		"by the chain" => "链自存证",
		"effective" => "生效",
		// The node.
		"chain" => "链",
		"genesis" => "创世哈希",
		"node" => "节点",
		"peers" => "对等节点",
		"runtime" => "运行时版本",
		"best block" => "最新区块",
		"finalized block" => "最终确认区块",
		"catching up" => "同步中",
		_ => return None,
	})
}

fn value_in_chinese(value: &str) -> Option<&'static str> {
	Some(match value {
		"true" => "是",
		"false" | "no" => "否",
		"none" => "无",
		"open" => "进行中",
		// Stages of cases, and their kinds.
		"noticed" => "公告",
		"confirming" => "确权",
		"electing" => "选举监委会",
		"planning" => "拟定兑付方案",
		"voting" => "表决兑付方案",
		"repaying" => "兑付",
		"closed" => "结案",
		"escalated" => "移送司法",
		"online_lending" => "网络借贷",
		"private_fund" => "私募基金",
		"company" => "公司",
		"owners" => "业主",
		"never" => "不适用",
		"after_service" => "送达后适用",
		// Claims and keys.
		"imported" => "未确权",
		"confirmed_by_app" => "线上确权",
		"confirmed_by_call" => "电话确权",
		"deemed" => "默认确权",
		"disputed" => "有异议",
		"provisional" => "临时表决",
		"adjudicated" => "已裁定",
		"excluded" => "已排除",
		"active" => "有效",
		"revoked" => "已撤销",
		"suspended" => "已暂停",
		"member" => "成员",
		// Roles.
		"regulator" => "监管机构",
		"association" => "行业协会",
		"operator" => "表决运营方",
		"registrar" => "身份登记方",
		"arbiter" => "仲裁机构",
		"platform" => "平台",
		"council" => "理事会",
		// Polls, committees, plans and instalments.
		"first_ballot" => "首次表决",
		"general" => "一般表决",
		"passed" => "通过",
		"failed" => "未通过",
		"plan_review" => "审阅兑付方案",
		"supervision" => "监督兑付",
		"meeting" => "召集会议",
		"document_request" => "调取资料",
		"carried" => "通过",
		"proposed" => "已提出",
		"in_vote" => "表决中",
		"adopted" => "已通过",
		"lapsed" => "已失效",
		"overdue" => "逾期",
		"breach" => "违约",
		// Evidence.
		"pending" => "尚待认定",
		"effective" => "已生效",
		"rejected" => "已被否定",
		"superseded" => "已由存证方替换",
		"confirmed" => "确认",
		"the chain" => "链上程序",
		"a value of the chain itself" => "链上数据",
		"a document" => "文件",
		"a batch of records, by the root over its lines" => "逐行记录的默克尔根",
		_ => return None,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_label_is_followed_by_its_term_of_the_glossary() {
		assert_eq!(label("roll may be locked from"), "roll may be locked from 名册最早锁定时间");
		assert_eq!(label(""), "");
		assert_eq!(label("0x12"), "0x12");
	}

	#[test]
	fn a_state_is_told_in_both_languages_and_what_people_wrote_is_left_alone() {
		assert_eq!(value("superseded"), "superseded 已由存证方替换");
		assert_eq!(value("Superseded Bank"), "Superseded Bank");
	}
}
