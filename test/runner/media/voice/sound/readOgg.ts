export interface OggPage {
	flags: number;
	granule: number;
	serial: number;
	sequence: number;
	packets: Buffer[];
	isCrcRight: boolean;
}

/** Reads an Ogg file by RFC 3533, with a checksum of its own: it judges what the runner writes. */
export function readOgg(file: Buffer): OggPage[] {
	const pages: OggPage[] = [];
	for (let at = 0; at < file.length;) {
		if (file.toString('latin1', at, at + 4) !== 'OggS') throw new Error(`no page at ${at}`);
		const segments = file.subarray(at + 27, at + 27 + file.readUInt8(at + 26));
		const body = at + 27 + segments.length;
		const end = body + segments.reduce((sum, segment) => sum + segment, 0);
		pages.push({
			flags: file.readUInt8(at + 5),
			granule: Number(file.readBigUInt64LE(at + 6)),
			serial: file.readUInt32LE(at + 14),
			sequence: file.readUInt32LE(at + 18),
			packets: toPackets(file.subarray(body, end), segments),
			isCrcRight: toCrc(file.subarray(at, end)) === file.readUInt32LE(at + 22),
		});
		at = end;
	}
	return pages;
}

/** The audio packets, without the two headers. */
export function readOpusPackets(file: Buffer): Buffer[] {
	return readOgg(file)
		.flatMap(({ packets }) => packets)
		.slice(2);
}

function toPackets(body: Buffer, segments: Uint8Array): Buffer[] {
	const packets: Buffer[] = [];
	let start = 0;
	let end = 0;
	for (const segment of segments) {
		end += segment;
		if (segment === 255) continue;
		packets.push(body.subarray(start, end));
		start = end;
	}
	return packets;
}

/** Bit by bit, as the RFC describes it. */
function toCrc(page: Buffer): number {
	let crc = 0;
	page.forEach((byte, at) => {
		crc ^= (at >= 22 && at < 26 ? 0 : byte) << 24;
		for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
	});
	return crc >>> 0;
}
