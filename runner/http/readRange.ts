/** Offsets of bytes, both included. */
export interface ByteRange {
	start: number;
	end: number;
}

/**
 * The one range a Range header asks for. Undefined for none, and for those a server may answer with the
 * whole file (RFC 9110, 14.2): several ranges, other units, and what lies outside of it.
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
	const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
	if (first === '' && last === '') return undefined;
	const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
	const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
	return start <= end && start < sizeBytes ? { start, end } : undefined;
}
