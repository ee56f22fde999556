import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMovieFacts } from '../../../../runner/media/seconds/readMovieFacts';
import { readAnnexB } from '../../../../runner/media/video/readAnnexB';
import { toMp4 } from '../../../../runner/media/video/toMp4';

const video = readAnnexB(readFileSync(join(__dirname, '../video/fixtures/moving.h264')))!;
const mp4 = () => toMp4(video, { width: 102, height: 76, framesPerSecond: 25 });
const read = (bytes: Buffer) =>
	readMovieFacts({
		sizeBytes: bytes.length,
		readAt: (at, length) => bytes.subarray(at, at + length),
	});

test('the size of a video is what its track says, its duration what its index says', () => {
	expect(read(mp4())).toEqual({ width: 102, height: 76, durationSeconds: 1 });
});

test('a video that is turned by a quarter is as wide as it is high', () => {
	const bytes = mp4();
	const matrixAt = bytes.indexOf('tkhd') + 4 + 40;
	[0, 0x10000, 0, -0x10000, 0].forEach((value, index) =>
		bytes.writeInt32BE(value, matrixAt + 4 * index),
	);
	expect(read(bytes)).toMatchObject({ width: 76, height: 102 });
});

test('nothing is read of other files, and of those that are cut off', () => {
	for (const name of ['tone.m4a', 'tone.mp3', 'tone.webm']) {
		expect(read(readFileSync(join(__dirname, '../voice/fixtures', name)))).not.toHaveProperty(
			'width',
		);
	}
	const bytes = mp4();
	for (let length = 0; length < bytes.indexOf('mdat'); length += 7) {
		expect(read(bytes.subarray(0, length))).not.toHaveProperty('width');
	}
});

test('millions of empty parts are not walked through', () => {
	const empty = Buffer.from('\0\0\0\x08free', 'latin1');
	const type = mp4().subarray(0, mp4().readUInt32BE(0));
	const content = Buffer.alloc(16_000_000, empty);
	const index = Buffer.alloc(8);
	index.writeUInt32BE(content.length + 8);
	index.write('moov', 4, 'latin1');
	const beganMs = performance.now();
	expect(read(Buffer.concat([type, content]))).not.toHaveProperty('width');
	expect(read(Buffer.concat([type, index, content]))).not.toHaveProperty('width');
	expect(performance.now() - beganMs).toBeLessThan(500);
});
