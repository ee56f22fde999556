/** A number as big-endian bytes. */
export function toBigEndian(value: number, bytes: number): Buffer {
	const buffer = Buffer.alloc(bytes);
	buffer.writeUIntBE(value, 0, bytes);
	return buffer;
}

/** Big-endian bytes as a number. */
export function fromBigEndian(bytes: Uint8Array): number {
	return Buffer.from(bytes).readUIntBE(0, bytes.length);
}

/** Seconds since 1970, as WhatsApp counts. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
