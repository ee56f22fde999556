/** A file of about so many bytes. */
type ToBytes = (sizeBytes: number) => Buffer;
type HostileFile = [title: string, mimetype: string, toBytes: ToBytes];

const RIFF = Buffer.from('RIFF\xff\xff\xff\x7fWAVE', 'latin1');

const FTYP = box('ftyp', Buffer.from('M4A \0\0\0\0', 'latin1'));

/** Files of countless tiny parts, each of which a reader has to look at. */
export const HOSTILE_FILES: readonly [HostileFile, ...HostileFile[]] = [
	['ADTS headers', 'audio/aac', (sizeBytes) => repeat('fff1508000fffc', sizeBytes)],
	['ID3v2 frames', 'audio/mpeg', toTagged],
	[
		'empty MP4 boxes',
		'audio/mp4',
		(sizeBytes) => Buffer.concat([FTYP, Buffer.alloc(sizeBytes, box('free'))]),
	],
	[
		'empty boxes in an MP4 index',
		'audio/mp4',
		(sizeBytes) => Buffer.concat([FTYP, box('moov', Buffer.alloc(sizeBytes, box('udta')))]),
	],
	[
		'empty RIFF chunks',
		'audio/wav',
		(sizeBytes) => Buffer.concat([RIFF, Buffer.alloc(sizeBytes, 'abcd\0\0\0\0', 'latin1')]),
	],
	[
		'empty FLAC blocks',
		'audio/flac',
		(sizeBytes) => Buffer.concat([Buffer.from('fLaC'), repeat('01000000', sizeBytes)]),
	],
];

function toTagged(sizeBytes: number): Buffer {
	const size = [21, 14, 7, 0].map((bits) => (sizeBytes >> bits) & 0x7f);
	const head = [...Buffer.from('ID3\x04\0\0', 'latin1'), ...size];
	const frame = Buffer.from('TXXX\0\0\0\x04\0\0\0a\0b', 'latin1');
	return Buffer.concat([Buffer.from(head), Buffer.alloc(sizeBytes, frame)]);
}

function repeat(hex: string, sizeBytes: number): Buffer {
	return Buffer.alloc(sizeBytes, Buffer.from(hex, 'hex'));
}

function box(type: string, content: Uint8Array = Buffer.alloc(0)): Buffer {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(8 + content.length);
	head.write(type, 4, 'latin1');
	return Buffer.concat([head, content]);
}
