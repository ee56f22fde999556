import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { damaged, anyBytes } from '../arbitraries/bytes';
import type { Hints } from '../arbitraries/toArbitrary';

const FIXTURES = join(__dirname, '..', '..', 'runner', 'media', 'voice', 'fixtures');
const SOUNDS = ['tone.mp3', 'tone.m4a', 'tone.opus.ogg', 'tone.flac', 'silent-video.mp4'];

/** The smallest PNG and GIF there are, a page, and a picture that is a text. */
const SMALL_FILES = [
	Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
		'base64',
	),
	Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
	Buffer.from('<!doctype html><html><script>alert(1)</script></html>'),
	Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
	Buffer.from('%PDF-1.4\n%%EOF'),
	Buffer.from('RIFF\u0024\u0000\u0000\u0000WAVEfmt '),
];

const file = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...SMALL_FILES) },
	{
		weight: 1,
		arbitrary: fc.constantFrom(...SOUNDS).map((name) => readFileSync(join(FIXTURES, name))),
	},
);

/** Files, sound and broken. */
export const fileBytes: fc.Arbitrary<Buffer> = fc.oneof(
	{ weight: 4, arbitrary: file },
	{ weight: 3, arbitrary: damaged(file) },
	{ weight: 1, arbitrary: anyBytes },
);

const MIME_TYPES = ['image/png', 'text/html', '', 'image/png;charset=x', 'a/b', 'audio/ogg'];

const addresses = fc.constantFrom(
	...['png', 'html', 'missing', 'broken', 'short', 'loop', 'inside', 'nothing', 'lies'].map(
		(path) => `@@files@@/${path}`,
	),
	...[
		'http://127.0.0.1:1/x',
		'https://127.0.0.1:1/x',
		'file:///etc/passwd',
		'ftp://a/b',
		'http://',
	],
	...[
		'http://[::1]/x',
		'http://0x7f.1/x',
		'http://169.254.169.254/latest',
		'https://user:pw@10.0.0.1/',
	],
	...[
		'http://[::ffff:127.0.0.1]:1/',
		'https://',
		'data:',
		'data:,',
		'data:image/png;base64',
		'blob:x',
	],
);

const source = fc.oneof(
	{ weight: 4, arbitrary: fileBytes.map((bytes) => bytes.toString('base64')) },
	{
		weight: 2,
		arbitrary: fc
			.tuple(fc.constantFrom(...MIME_TYPES), fileBytes)
			.map(([type, bytes]) => `data:${type};base64,${bytes.toString('base64')}`),
	},
	{ weight: 2, arbitrary: addresses },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 100 }) },
	{ weight: 1, arbitrary: fc.stringMatching(/^[A-Za-z0-9+/=_\s-]{0,80}$/) },
);

const number = fc.oneof(
	{
		weight: 8,
		arbitrary: fc.constantFrom<unknown[]>(
			...[15550002222, '15550002222', '+1 555 000-2222', '15550002222@s.whatsapp.net'],
			...['@@lid@@', '@@group@@', '15550003333'],
		),
	},
	{
		weight: 2,
		arbitrary: fc.constantFrom<unknown[]>(
			...['15550001111', '15550009999', '120363000000000000@g.us', '1@lid', 'status@broadcast'],
			...['15550002222:3@s.whatsapp.net', '0@s.whatsapp.net', '123@newsletter', '5', 1, -1, 0],
		),
	},
);

const messageId = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom('@@text@@', '@@image@@', '@@sent@@', '@@inGroup@@') },
	{ weight: 1, arbitrary: fc.constantFrom('', '3EB0', '__proto__', '%', 'a'.repeat(500)) },
);

const receivers = fc.constantFrom<unknown[]>(
	...[
		'@@hook@@',
		'@@hook@@',
		'@@hook@@',
		null,
		'',
		'http://127.0.0.1:1/refused',
		'https://10.0.0.1',
	],
	...[
		'ftp://127.0.0.1',
		'https://user:pw@127.0.0.1/',
		'HTTPS://127.0.0.1:1',
		'//127.0.0.1',
		'https://',
	],
);

/** The fields of the API with values that get beyond the schema. */
export const HINTS: Hints = {
	number,
	phone: number,
	mentions: fc.array(number, { maxLength: 4 }),
	participants: fc.array(number, { minLength: 1, maxLength: 4 }),
	messageId,
	quotedMessageId: messageId,
	...{ image: source, video: source, audio: source, document: source, sticker: source },
	// Shown for seconds, and only text after text: that has tests of its own.
	typing: fc.constant(false),
	emoji: fc.constantFrom('👍', '', '❤️', '👨‍👩‍👧‍👦', '1', 'x', '👍👍', '\ud83d'),
	URL: receivers,
	url: receivers,
	...Object.fromEntries(
		['sent', 'received', 'status', 'disconnected', 'connected'].map((slot) => [slot, receivers]),
	),
	secret: fc.constantFrom('whsec_' + 'A'.repeat(44), 'whsec_', 'secret', ''),
	invite: fc.constantFrom('@@invite@@', 'https://chat.whatsapp.com/@@invite@@', 'x', 'https://a/'),
	messagesPerMinute: fc.constantFrom<unknown[]>(0, null, 0, 10_000),
	callId: fc.constantFrom('NEVER', '', '@@text@@'),
	before: fc.constantFrom('x', 'e30', '@@text@@', '-1', 'AAAA', 'bnVsbA'),
	wait: fc.constantFrom<unknown[]>(0, 1, '1'),
	chat: number,
	range: fc.constantFrom('bytes=0-1', 'bytes=-1', 'bytes=5-1', 'bytes=0-0,2-3', 'x=1', 'bytes=-0'),
};
