/** Just enough of DER (ITU-T X.690) to write an X.509 certificate. */

/** One value: tag, length, content. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
	const content = Buffer.concat(contents);
	return Buffer.concat([Buffer.of(tag), toLength(content.length), content]);
}

/** SEQUENCE */
export const sequence = (...items: readonly Uint8Array[]): Buffer => der(0x30, ...items);

/** OBJECT IDENTIFIER, as `1.2.840.10045.4.3.2`. */
export function objectIdentifier(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
	const bytes = [first * 40 + second];
	for (const arc of rest) {
		const digits = [arc & 0x7f];
		for (let left = arc >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
		bytes.push(...digits);
	}
	return der(0x06, Buffer.from(bytes));
}

/** INTEGER, positive; leading zeros that say nothing are illegal in DER. */
export function integer(bytes: Uint8Array): Buffer {
	const first = bytes.findIndex((byte) => byte !== 0);
	const digits = first < 0 ? Buffer.of(0) : bytes.subarray(first);
	const isNegative = ((digits[0] ?? 0) & 0x80) !== 0;
	return der(0x02, isNegative ? Buffer.concat([Buffer.of(0), digits]) : digits);
}

/** UTCTime */
export function utcTime(date: Date): Buffer {
	const digits = date.toISOString().replace(/\D/g, '').slice(2, 14);
	return der(0x17, Buffer.from(`${digits}Z`, 'latin1'));
}

/** BIT STRING without unused bits. */
export const bitString = (bytes: Uint8Array): Buffer => der(0x03, Buffer.of(0), bytes);

/** OCTET STRING */
export const octetString = (bytes: Uint8Array): Buffer => der(0x04, bytes);

/** BOOLEAN true */
export const TRUE = der(0x01, Buffer.of(0xff));

function toLength(length: number): Buffer {
	if (length < 0x80) return Buffer.of(length);
	const bytes: number[] = [];
	for (let left = length; left > 0; left >>>= 8) bytes.unshift(left & 0xff);
	return Buffer.of(0x80 | bytes.length, ...bytes);
}
