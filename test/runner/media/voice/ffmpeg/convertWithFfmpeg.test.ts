import { chmod, copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFfmpeg } from '../../../../../runner/media/voice/ffmpeg/findFfmpeg';
import { toVoiceNote } from '../../../../../runner/media/voice/toVoiceNote';
import { createFolder } from '../sound/createFolder';
import { playVoiceNote, toLoudestHertz } from '../sound/playVoiceNote';
import { readOpusPackets } from '../sound/readOgg';

const fixture = (name: string) => join(__dirname, '..', 'fixtures', name);

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeEach(async () => (folder = await createFolder()));
afterEach(() => folder.remove());

/** An ffmpeg that writes down its arguments, one a line, and then does as it is told. */
async function installFfmpeg(script: string): Promise<string> {
	const path = folder.at('ffmpeg');
	const lines = ['#!/bin/sh', `printf '%s\\n' "$@" > '${folder.at('arguments')}'`, script];
	await writeFile(path, lines.join('\n'));
	await chmod(path, 0o755);
	return path;
}

const writeTone = `for last; do :; done; cp '${fixture('tone.opus.ogg')}' "\${last#file:}"`;

describe('with ffmpeg on the machine', () => {
	it('ffmpeg reads the file, and its sound becomes the voice note', async () => {
		const ffmpegPath = await installFfmpeg(writeTone);
		const output = folder.at('note.ogg');
		await copyFile(fixture('silent-video.mp4'), folder.at('input'));
		const note = await toVoiceNote({ input: folder.at('input'), output, ffmpegPath });
		expect(note).toMatchObject({ seconds: 2, path: output });
		const made = readOpusPackets(await readFile(output));
		expect(made).toEqual(readOpusPackets(await readFile(fixture('tone.opus.ogg'))));
		expect(await folder.list()).toEqual(['arguments', 'ffmpeg', 'input', 'note.ogg']);
	});

	it('ffmpeg may open this one file only, and no playlist', async () => {
		const ffmpegPath = await installFfmpeg(writeTone);
		const input = folder.at('-i http: ;rm');
		await copyFile(fixture('tone.mp3'), input);
		await toVoiceNote({ input, output: folder.at('note.ogg'), ffmpegPath });
		const given = (await readFile(folder.at('arguments'), 'utf8')).split('\n');
		const after = (option: string) => given[given.indexOf(option) + 1];
		expect(after('-i')).toBe(`file:${input}`);
		expect(after('-protocol_whitelist')).toBe('file,pipe');
		expect(given.indexOf('-protocol_whitelist')).toBeLessThan(given.indexOf('-i'));
		const formats = after('-format_whitelist')!.split(',');
		expect(formats).toEqual(expect.arrayContaining(['mov', 'mp3', 'amr', 'matroska']));
		for (const playlist of ['hls', 'dash', 'concat', 'applehttp']) {
			expect(formats).not.toContain(playlist);
		}
	});

	it.each([
		'exit 1',
		'exit 0',
		`echo nonsense > "$0.out"; ${writeTone.replace('cp', 'head -c 9')}`,
	])('the built-in decoders read what ffmpeg does not (%s)', async (script) => {
		const ffmpegPath = await installFfmpeg(script);
		const output = folder.at('note.ogg');
		await toVoiceNote({ input: fixture('tone.mp3'), output, ffmpegPath });
		expect(toLoudestHertz((await playVoiceNote(output)).samples)).toBe(440);
		expect((await folder.list()).filter((name) => name.startsWith('note'))).toEqual(['note.ogg']);
	});

	it('an ffmpeg that is gone since is no obstacle', async () => {
		const output = folder.at('note.ogg');
		await toVoiceNote({ input: fixture('tone.mp3'), output, ffmpegPath: folder.at('gone') });
		expect((await playVoiceNote(output)).seconds).toBeGreaterThan(1.9);
	});

	it('Opus passes by ffmpeg', async () => {
		const ffmpegPath = await installFfmpeg('exit 1');
		await toVoiceNote({
			input: fixture('tone.opus.ogg'),
			output: folder.at('note.ogg'),
			ffmpegPath,
		});
		expect(await folder.list()).not.toContain('arguments');
	});

	it('an abort kills ffmpeg and leaves nothing behind', async () => {
		const ffmpegPath = await installFfmpeg(`echo $$ > '${folder.at('pid')}'; exec sleep 600`);
		const abort = new AbortController();
		const reason = new Error('the sender hung up');
		const output = folder.at('note.ogg');
		const options = { input: fixture('tone.mp3'), output, ffmpegPath, signal: abort.signal };
		const converting = toVoiceNote(options);
		const hangUp = async () => {
			const pid = await readPid();
			abort.abort(reason);
			return pid;
		};
		const [, pid] = await Promise.all([expect(converting).rejects.toBe(reason), hangUp()]);
		expect(() => process.kill(pid, 0)).toThrow('ESRCH');
		expect(await folder.list()).toEqual(['arguments', 'ffmpeg', 'pid']);
	});

	async function readPid(): Promise<number> {
		for (;;) {
			const text = await readFile(folder.at('pid'), 'utf8').catch(() => '');
			if (text.endsWith('\n')) return Number(text);
		}
	}
});

describe('findFfmpeg', () => {
	it('finds the first that can be run', async () => {
		const ffmpegPath = await installFfmpeg('exit 0');
		const other = await createFolder();
		await writeFile(other.at('ffmpeg'), 'not a program');
		await expect(findFfmpeg([other.at('.'), folder.at('.')].join(':'))).resolves.toBe(ffmpegPath);
		await other.remove();
	});

	it('finds none: no PATH, empty and relative entries, folders that are missing', async () => {
		for (const path of ['', ':', '.:bin', '/does/not/exist']) {
			await expect(findFfmpeg(path)).resolves.toBeNull();
		}
	});
});

describe('with a real ffmpeg', () => {
	it('makes a voice note, where this machine has one', async () => {
		const ffmpegPath = await findFfmpeg(process.env.PATH ?? '');
		if (!ffmpegPath) return console.info('not tried: there is no ffmpeg on the PATH');
		const output = folder.at('note.ogg');
		await toVoiceNote({ input: fixture('tone.mp3'), output, ffmpegPath });
		expect(toLoudestHertz((await playVoiceNote(output)).samples)).toBe(440);
	});
});
