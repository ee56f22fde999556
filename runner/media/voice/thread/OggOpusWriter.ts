import { toOggCrc } from './oggCrc.ts';

const CONTINUES_NOTHING = 0;
const FIRST_PAGE = 2;
const LAST_PAGE = 4;
/** A page has at most 255 segments of at most 255 bytes. */
const MAX_SEGMENTS = 255;
/** One second: what phones write. */
const PAGE_SAMPLES = 48000;

/** Puts Opus packets into pages of an Ogg file (RFC 3533, RFC 7845); every page goes to `write`. */
export class OggOpusWriter {
	private readonly write: (page: Buffer) => void;
	private readonly serial: number;
	private packets: Uint8Array[] = [];
	private segments: number[] = [];
	private pageSamples = 0;
	private granule = 0;
	private sequence = 0;

	constructor(options: { write: (page: Buffer) => void; serial: number; preSkip: number }) {
		this.write = options.write;
		this.serial = options.serial;
		this.writeHeader(toOpusHead(options.preSkip), FIRST_PAGE);
		this.writeHeader(toOpusTags(), CONTINUES_NOTHING);
	}

	/** `samples` is the packet's length at 48 kHz. */
	add(packet: Uint8Array, samples: number): void {
		const lacing = toLacing(packet.length);
		const isFull = this.segments.length + lacing.length > MAX_SEGMENTS;
		// Written only when another packet follows: the last page has to say that it is the last.
		if (this.packets.length > 0 && (isFull || this.pageSamples >= PAGE_SAMPLES)) {
			this.writePage(CONTINUES_NOTHING, this.granule);
		}
		this.packets.push(packet);
		this.segments.push(...lacing);
		this.pageSamples += samples;
		this.granule += samples;
	}

	/** `totalSamples` counts the pre-skip; a player cuts what the last packet holds beyond it. */
	finish(totalSamples: number): void {
		this.writePage(LAST_PAGE, Math.min(totalSamples, this.granule));
	}

	private writeHeader(packet: Buffer, flags: number): void {
		this.packets = [packet];
		this.segments = toLacing(packet.length);
		this.writePage(flags, 0);
	}

	private writePage(flags: number, granule: number): void {
		const header = Buffer.alloc(27 + this.segments.length);
		header.write('OggS', 0, 'latin1');
		header.writeUInt8(flags, 5);
		header.writeBigUInt64LE(BigInt(granule), 6);
		header.writeUInt32LE(this.serial, 14);
		header.writeUInt32LE(this.sequence++, 18);
		header.writeUInt8(this.segments.length, 26);
		header.set(this.segments, 27);
		const page = Buffer.concat([header, ...this.packets]);
		page.writeUInt32LE(toOggCrc(page), 22);
		this.write(page);
		this.packets = [];
		this.segments = [];
		this.pageSamples = 0;
	}
}

/** A packet whose length is a multiple of 255 ends with an empty segment. */
function toLacing(length: number): number[] {
	return [...Array<number>(Math.floor(length / 255)).fill(255), length % 255];
}

function toOpusHead(preSkip: number): Buffer {
	const head = Buffer.alloc(19);
	head.write('OpusHead', 0, 'latin1');
	head.writeUInt8(1, 8);
	head.writeUInt8(1, 9);
	head.writeUInt16LE(preSkip, 10);
	head.writeUInt32LE(48000, 12);
	return head;
}

/** No name of ours: a phone writes nothing that tells where a voice note comes from. */
function toOpusTags(): Buffer {
	const vendor = 'libopus';
	const tags = Buffer.alloc(16 + vendor.length);
	tags.write('OpusTags', 0, 'latin1');
	tags.writeUInt32LE(vendor.length, 8);
	tags.write(vendor, 12, 'latin1');
	return tags;
}
