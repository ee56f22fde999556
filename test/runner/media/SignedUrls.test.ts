import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignedUrls } from '../../../runner/media/SignedUrls';
import { DataFolderUnusableError } from '../../../runner/ownership';
import { FakeClock } from '../webhooks/support/FakeClock';

describe('SignedUrls', () => {
	const clock = new FakeClock();
	let dataDir: string;
	const open = (baseUrl = 'https://runner.example/base') =>
		new SignedUrls({ dataDir, clock, baseUrl: () => baseUrl });
	const ask = (urls: SignedUrls, text: string) => {
		const url = new URL(text);
		return urls.isValid(url.pathname.replace('/base', ''), Object.fromEntries(url.searchParams));
	};

	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'aww-signed-'));
	});
	afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

	test('a link is valid until it expires, also after a restart and under another base', () => {
		const url = open().toUrl('/media/a/1', clock.now() + 60_000);
		expect(url).toMatch(/^https:\/\/runner\.example\/base\/media\/a\/1\?expires=\d+&signature=/);
		expect(ask(open(), url)).toBe(true);
		expect(ask(open('http://127.0.0.1:1'), url)).toBe(true);
		clock.advance(59_000);
		expect(ask(open(), url)).toBe(true);
		clock.advance(1_000);
		expect(ask(open(), url)).toBe(false);
	});

	test('a link that was changed in any part is not valid, nor one of another runner', () => {
		const urls = open();
		const url = urls.toUrl('/media/a/1', clock.now() + 60_000);
		expect(ask(urls, url)).toBe(true);
		const { expires, signature } = Object.fromEntries(new URL(url).searchParams);
		expect(urls.isValid('/media/a/2', { expires, signature })).toBe(false);
		expect(urls.isValid('/media/a/1', { expires: `${expires}0`, signature })).toBe(false);
		expect(urls.isValid('/media/a/1', { expires, signature: signature?.slice(1) })).toBe(false);
		expect(urls.isValid('/media/a/1', { expires, signature: 'A'.repeat(43) })).toBe(false);
		rmSync(join(dataDir, 'media-key'));
		expect(ask(open(), url)).toBe(false);
	});

	test.each([
		{},
		{ expires: '1', signature: undefined },
		{ expires: ['1', '2'], signature: 'x' },
		{ expires: '1e9', signature: 'x' },
		{ expires: '-1', signature: 'x' },
		{ expires: '9'.repeat(40), signature: 'x' },
		{ expires: '1', signature: ['x'] },
		{ expires: '1', signature: '' },
	])('%j is no signature', (query) => {
		expect(open().isValid('/media/a/1', query)).toBe(false);
	});

	test('the key is made once and readable by its owner alone', () => {
		open();
		const key = readFileSync(join(dataDir, 'media-key'), 'utf8');
		open();
		expect(readFileSync(join(dataDir, 'media-key'), 'utf8')).toBe(key);
		expect(statSync(join(dataDir, 'media-key')).mode & 0o777).toBe(0o600);
	});

	test('a damaged key is not replaced in silence', () => {
		writeFileSync(join(dataDir, 'media-key'), 'oops');
		expect(open).toThrow(DataFolderUnusableError);
		expect(open).toThrow(/damaged: delete it/);
		expect(readFileSync(join(dataDir, 'media-key'), 'utf8')).toBe('oops');
	});
});
