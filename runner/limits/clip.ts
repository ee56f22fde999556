/**
 * The beginning of a text, at most so many UTF-16 code units, as well-formed text: no character is cut in
 * halves, and lone halves of the sender's making are replaced.
 */
export function clip(text: string, maxLength: number): string {
	if (text.length <= maxLength) return text.toWellFormed();
	const isPairCut = /[\ud800-\udbff]/.test(text.charAt(maxLength - 1));
	const start = text.slice(0, isPairCut ? maxLength - 1 : maxLength);
	// A copy: a slice would keep the whole text in memory for as long as itself.
	return Buffer.from(start).toString();
}
