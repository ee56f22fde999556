/** Says whether any of some texts contains what is searched for; everything does without a search. */
export function toMatcher(
	search: string | undefined,
): (...texts: Array<string | null | undefined>) => boolean {
	const wanted = fold(search?.trim() ?? '');
	if (wanted === '') return () => true;
	// Numbers are searched for as they are written, and found as they are kept.
	const digits = /^[\d\s()+./-]+$/.test(wanted) ? wanted.replace(/\D/g, '') : '';
	return (...texts) =>
		texts.some((text) => {
			if (!text) return false;
			const folded = fold(text);
			return folded.includes(wanted) || (digits !== '' && folded.includes(digits));
		});
}

/** "José" is found by "jose". */
function fold(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Mark}/gu, '')
		.toLowerCase();
}
