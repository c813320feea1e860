use super::*;

fn arranged(names: &[&str]) -> Vec<Placed> {
	let names = (0..).zip(names.iter().map(ToString::to_string)).collect();
	Strokes::read().arrange(names)
}

fn order(names: &[&str]) -> String {
	arranged(names).iter().map(|placed| placed.name.as_str()).collect::<Vec<_>>().join(" ")
}

fn doubts(names: &[&str]) -> Vec<(String, Vec<Doubt>)> {
	let placed = arranged(names).into_iter().filter(|placed| !placed.doubts.is_empty());
	placed.map(|placed| (placed.name, placed.doubts)).collect()
}

#[test]
fn surnames_that_collations_count_wrongly_stand_by_their_true_strokes() {
	let strokes = |surname: &str| arranged(&[surname])[0].strokes();
	assert_eq!(
		["陈", "黄", "郭", "郑", "邓", "苏", "魏"].map(strokes),
		["7 折", "11 横", "10 点", "8 点", "4 折", "7 横", "17 撇"]
	);
	assert_eq!(order(&["陈", "黄", "郭", "郑", "邓"]), "邓 陈 郑 郭 黄");
}

/// Nearly a hundred of the commonest surnames: by number, then by 横竖撇点折.
#[test]
fn the_common_surnames_stand_by_number_and_then_by_the_kinds_of_their_strokes() {
	let sorted = "丁 于 万 马 王 韦 毛 文 方 尹 孔 邓 石 卢 叶 田 史 白 冯 邢 吕 朱 任 刘 江 汤 许 孙 \
	              严 苏 杜 李 杨 吴 何 余 邹 汪 沈 宋 张 陆 陈 邵 武 范 林 罗 周 郑 孟 赵 胡 钟 段 侯 施 姜 \
	              姚 贺 秦 袁 贾 夏 顾 钱 徐 高 郭 唐 陶 黄 萧 曹 龚 常 崔 康 梁 彭 董 蒋 韩 程 傅 曾 谢 \
	              赖 雷 蔡 廖 谭 熊 黎 潘 薛 戴 魏";
	let mut surnames: Vec<&str> = sorted.split_whitespace().collect();
	surnames.reverse();
	let sorted = sorted.split_whitespace().collect::<Vec<_>>().join(" ");
	assert_eq!(order(&surnames), sorted);
	assert!(doubts(&surnames).is_empty());
}

#[test]
fn one_surname_goes_on_with_the_given_name() {
	assert_eq!(order(&["王强", "王一", "王芳", "王"]), "王 王一 王芳 王强");
	assert_eq!(order(&["司马光", "司马一", "欧阳修"]), "司马一 司马光 欧阳修");
	assert_eq!(order(&["阿卜杜拉·买买提", "王芳"]), "王芳 阿卜杜拉·买买提");
}

#[test]
fn where_the_tables_settle_nothing_it_is_said_on_the_name() {
	assert_eq!(doubts(&["王芳", "王芳"]), [("王芳".to_string(), vec![Doubt::SameName { row: 0 }])]);
	// Both are written 折点折竖.
	assert_eq!(doubts(&["予", "邓"]), [("邓".to_string(), vec![Doubt::Alike { row: 0 }])]);
	assert_eq!(
		doubts(&["王芳", "王一一"]),
		[("王芳".to_string(), vec![Doubt::ShorterFirst { row: 1 }])]
	);
	// Both have 20 strokes; the order of the first is in no table.
	let found = doubts(&["䶮一", "耀一"]);
	assert_eq!(found, [("䶮一".to_string(), vec![Doubt::OrderUnknown { character: '䶮' }])]);
	assert_eq!(
		doubts(&["Wang", "王芳", "𠮷一"]),
		[
			("Wang".to_string(), vec![Doubt::CountUnknown]),
			("𠮷一".to_string(), vec![Doubt::CountUnknown])
		]
	);
}

#[test]
fn the_tables_agree_with_each_other() {
	let Strokes { counts, orders } = Strokes::read();
	assert!(counts.len() > 27_000 && orders.len() > 6_900);
	for (character, order) in &orders {
		assert_eq!(counts.get(character), Some(&(order.len() as u8)), "{character}");
		assert!(order.bytes().all(|kind| (b'1'..=b'5').contains(&kind)), "{character}");
	}
	assert!(counts.values().all(|count| (1..64).contains(count)));
}
