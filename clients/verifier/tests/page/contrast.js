// Texts that are hard to read: less than 4.5 to 1 against what lies behind them.
const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = (colour) => {
	const [red, green, blue] = numbers(colour).map((part) => {
		const share = part / 255;
		return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const behind = (element) => {
	const colour = getComputedStyle(element).backgroundColor;
	const opacity = numbers(colour)[3] ?? 1;
	if (opacity === 1) return colour;
	return element.parentElement ? behind(element.parentElement) : "rgb(255, 255, 255)";
};
const hasText = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
const texts = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility() && hasText(element));
return texts
	.map((element) => {
		const [one, other] = [light(getComputedStyle(element).color), light(behind(element))];
		const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
		return { text: element.textContent.trim().slice(0, 40), contrast };
	})
	.filter(({ contrast }) => contrast < 4.5);
