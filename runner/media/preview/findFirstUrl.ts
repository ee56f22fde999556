/** Ends before the punctuation of the sentence it stands in. */
const URL_IN_TEXT = /\bhttps?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]}]/i;

/** The first http(s) link of a text, as it is written there. */
export function findFirstUrl(text: string): string | undefined {
	const url = URL_IN_TEXT.exec(text)?.[0];
	return url !== undefined && URL.canParse(url) ? url : undefined;
}
