const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
	let value = byte << 24;
	for (let bit = 0; bit < 8; bit++) value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
	return value;
});

/** Ogg's checksum: not reflected, starting from zero, over the page with an empty checksum field. */
export function toOggCrc(page: Uint8Array): number {
	let crc = 0;
	for (const byte of page) crc = (crc << 8) ^ (TABLE[(crc >>> 24) ^ byte] ?? 0);
	return crc >>> 0;
}
