import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sniffAudio } from '../../../../../runner/media/voice/thread/sniffAudio';
import { createTone, createWav } from '../sound/createWav';

const readFixture = (name: string) => readFileSync(join(__dirname, '..', 'fixtures', name));

function sniff(bytes: Buffer) {
	return sniffAudio({ readAt: (position, length) => bytes.subarray(position, position + length) });
}

describe('sniffAudio', () => {
	it.each([
		['tone.mp3', 'mp3'],
		['tone.aac', 'aac'],
		['tone.m4a', 'mp4'],
		['tone.fragmented.m4a', 'mp4'],
		['tone.flac', 'flac'],
		['tone.webm', 'webm'],
		['tone.opus.ogg', 'ogg-opus'],
		['tone.vorbis.ogg', 'ogg-vorbis'],
	])('knows %s by its content', (name, format) => {
		expect(sniff(readFixture(name))).toEqual({ format, start: 0 });
	});

	it('knows WAV by its content', () => {
		expect(sniff(createWav({ samples: createTone(440, 0.01) }))?.format).toBe('wav');
	});

	it('finds MP3 behind two tags and some rubbish', () => {
		const tag = Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 0, 2, 7, 7]);
		const rubbish = Buffer.from([0xff, 0xfb, 0x90, 0x00, 1, 2, 3]);
		const bytes = Buffer.concat([tag, tag, rubbish, readFixture('tone.mp3')]);
		expect(sniff(bytes)).toEqual({ format: 'mp3', start: 31 });
	});

	it.each([
		['nothing', Buffer.alloc(0)],
		['zeros', Buffer.alloc(20000)],
		['ones', Buffer.alloc(20000, 0xff)],
		['text', Buffer.from('Dear Sir or Madam, '.repeat(1000))],
		['a tag without music', Buffer.from('ID3')],
		['an AVI video', Buffer.from('RIFF\0\0\0\0AVI LIST')],
		['a playlist', Buffer.from('#EXTM3U\n#EXTINF:9,\nfile:///etc/passwd\n')],
	])('takes %s for no audio', (_, bytes) => {
		expect(sniff(bytes)).toBeUndefined();
	});
});
