import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MODULE_PIXELS = 6;
/** The quiet zone of ISO/IEC 18004. */
const BORDER_MODULES = 4;
const UNFILTERED = 0;

/** The QR code as a PNG picture. Without sharp, which a machine may lack: linking has to work there too. */
export function toQrPng(qr: string): Buffer {
	const { data: modules, size } = encode(qr, { border: BORDER_MODULES, ecc: 'M' });
	const sidePixels = size * MODULE_PIXELS;
	const rows = modules.flatMap((row) => Array<Buffer>(MODULE_PIXELS).fill(toPixelRow(row)));
	const header = Buffer.alloc(13);
	header.writeUInt32BE(sidePixels, 0);
	header.writeUInt32BE(sidePixels, 4);
	header.set([1, 0, 0, 0, 0], 8); // one bit of grey for each pixel
	return Buffer.concat([
		SIGNATURE,
		toChunk('IHDR', header),
		toChunk('IDAT', deflateSync(Buffer.concat(rows))),
		toChunk('IEND', Buffer.alloc(0)),
	]);
}

/** Eight pixels in a byte, white is 1; in front of them how they are filtered. */
function toPixelRow(modules: boolean[]): Buffer {
	const row = Buffer.alloc(1 + Math.ceil((modules.length * MODULE_PIXELS) / 8), UNFILTERED);
	for (let pixel = 0; pixel < modules.length * MODULE_PIXELS; pixel++) {
		if (modules[Math.floor(pixel / MODULE_PIXELS)]) continue;
		const at = 1 + (pixel >>> 3);
		row.writeUInt8(row.readUInt8(at) | (0x80 >>> (pixel & 7)), at);
	}
	return row;
}

/** Length, name, content and checksum (PNG 5.3). */
function toChunk(name: string, content: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
	const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(content.length);
	checksum.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, checksum]);
}
