/** A problem for each variable with our prefix that is none of ours: a misspelt one would be ignored. */
export function toTypos(
	env: Readonly<Record<string, string | undefined>>,
	names: readonly string[],
): string[] {
	return Object.keys(env)
		.filter((name) => name.startsWith('AWW_') && !names.includes(name))
		.map((name) => {
			const nearest = names
				.map((known) => ({ known, distance: toDistance(name, known) }))
				.reduce((best, other) => (other.distance < best.distance ? other : best));
			return nearest.distance <= 5
				? `${name} is not a setting. Did you mean ${nearest.known}?`
				: `${name} is not a setting. Unset it; the settings are ${names.join(', ')}.`;
		});
}

/** Levenshtein's edit distance. */
function toDistance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
			next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[b.length] ?? 0;
}
