/** What a WebP file says of itself in its first 30 bytes. */
export interface WebpFacts {
	width: number;
	height: number;
	isAnimated: boolean;
}

const HEAD_BYTES = 30;

/** Undefined for anything but WebP. Source: RFC 9649. */
export function readWebpFacts(head: Buffer): WebpFacts | undefined {
	if (head.length < HEAD_BYTES) return undefined;
	if (head.toString('latin1', 0, 4) !== 'RIFF') return undefined;
	switch (head.toString('latin1', 8, 16)) {
		case 'WEBPVP8X': {
			const isAnimated = ((head[20] ?? 0) & 2) !== 0;
			return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1, isAnimated };
		}
		case 'WEBPVP8L': {
			const bits = head.readUInt32LE(21);
			return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, isAnimated: false };
		}
		case 'WEBPVP8 ':
			return {
				width: head.readUInt16LE(26) & 0x3fff,
				height: head.readUInt16LE(28) & 0x3fff,
				isAnimated: false,
			};
		default:
			return undefined;
	}
}
