/** A finite number of protobuf's many kinds (number, Long, text); null for anything else. */
export function toNumber(value: unknown): number | null {
	if (value === null || value === undefined) return null;
	const number = Number(value);
	return Number.isFinite(number) ? number : null;
}

/** The same without fractions and below zero nothing: bytes, pixels, counts. */
export function toWholeNumber(value: unknown): number | null {
	const number = toNumber(value);
	return number !== null && number >= 0 && number <= Number.MAX_SAFE_INTEGER
		? Math.trunc(number)
		: null;
}
