// The language of the page. Chinese stands in the page itself, English beside it in `data-en`.

const CHINESE = "zh-Hans";
let english = false;
let changed = () => {};

/** The text of a pair in the language shown. */
export const say = (pair) => (english ? pair.en : pair.zh);

/** Shows times as the sentences of reports do: Beijing time in Chinese, UTC in English. */
export const times = (milliseconds) => ({
	zh: `北京时间 ${clock(milliseconds, "Asia/Shanghai")}`,
	en: `${clock(milliseconds, "UTC")} UTC`,
});

/** When something ended: in Beijing time midnight is the end of the day before, 24:00. */
export const ends = (milliseconds) => {
	const { zh, en } = times(milliseconds);
	if (!zh.endsWith(" 00:00:00")) return { zh, en };
	return { zh: times(milliseconds - 86400000).zh.replace(" 00:00:00", " 24:00:00"), en };
};

/** A time in the language shown. */
export const time = (milliseconds) => say(times(milliseconds));

function clock(milliseconds, timeZone) {
	const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" };
	return new Intl.DateTimeFormat("sv-SE", { ...parts, timeZone }).format(new Date(milliseconds));
}

/** Begins with the language that the address asks for, and tells `redraw` of every change. */
export function begin(redraw) {
	changed = redraw;
	const button = document.getElementById("language");
	button.addEventListener("click", () => show(!english));
	show(new URLSearchParams(location.search).get("lang") === "en");
}

function show(inEnglish) {
	english = inEnglish;
	document.documentElement.lang = english ? "en" : CHINESE;
	for (const element of document.querySelectorAll("[data-en]")) {
		if (element.dataset.zh === undefined) element.dataset.zh = element.textContent;
		element.textContent = english ? element.dataset.en : element.dataset.zh;
	}
	const button = document.getElementById("language");
	button.textContent = english ? "中文" : "English";
	button.lang = english ? CHINESE : "en";
	changed();
}
