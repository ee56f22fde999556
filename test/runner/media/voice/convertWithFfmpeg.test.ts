import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DamagedFileError } from '../../../../runner/media/sealed/DamagedFileError';
import { toSealedBytes } from '../../../../runner/media/sealed/chunks';
import { findFfmpeg } from '../../../../runner/media/ffmpeg/findFfmpeg';
import { toVoiceNote } from '../../../../runner/media/voice/toVoiceNote';
import { installFakeFfmpeg } from '../ffmpeg/installFakeFfmpeg';
import { flipBit, unseal } from '../support/sealed';
import { createFolder } from './sound/createFolder';
import { playVoiceNote, toLoudestHertz } from './sound/playVoiceNote';
import { readOpusPackets } from './sound/readOgg';

const fixture = (name: string) => join(__dirname, 'fixtures', name);
const sealFixture = async (name: string) => await folder.seal(await readFile(fixture(name)));

let folder: Awaited<ReturnType<typeof createFolder>>;
beforeEach(async () => (folder = await createFolder()));
afterEach(() => folder.remove());

const installFfmpeg = (script: string) => installFakeFfmpeg(folder, script);

const writeTone = `cat > "$0.read"; cat '${fixture('tone.opus.ogg')}'`;

describe('with ffmpeg on the machine', () => {
	it('ffmpeg reads the file, and its sound becomes the voice note', async () => {
		const ffmpegPath = await installFfmpeg(writeTone);
		const output = folder.at('note.ogg');
		const input = await sealFixture('silent-video.mp4');
		const note = await toVoiceNote({ input, output, ffmpegPath });
		expect(note).toMatchObject({ seconds: 2, path: output });
		expect(await readFile(`${ffmpegPath}.read`)).toEqual(await unseal(input));
		const made = readOpusPackets(await unseal(note));
		expect(made).toEqual(readOpusPackets(await readFile(fixture('tone.opus.ogg'))));
		expect(await folder.list()).toEqual(['arguments', 'ffmpeg', 'ffmpeg.read', 'note.ogg']);
	});

	it('ffmpeg may open no file and no playlist: it reads and writes pipes', async () => {
		const ffmpegPath = await installFfmpeg(writeTone);
		const input = await sealFixture('tone.mp3');
		await toVoiceNote({ input, output: folder.at('note.ogg'), ffmpegPath });
		const given = (await readFile(folder.at('arguments'), 'utf8')).split('\n');
		const after = (option: string) => given[given.indexOf(option) + 1];
		expect(after('-i')).toBe('pipe:0');
		expect(after('-protocol_whitelist')).toBe('pipe');
		expect(given.filter((argument) => argument.includes('/'))).toEqual([]);
		expect(given.indexOf('-protocol_whitelist')).toBeLessThan(given.indexOf('-i'));
		const formats = after('-format_whitelist')!.split(',');
		expect(formats).toEqual(expect.arrayContaining(['mov', 'mp3', 'amr', 'matroska']));
		for (const playlist of ['hls', 'dash', 'concat', 'applehttp']) {
			expect(formats).not.toContain(playlist);
		}
	});

	it.each(['exit 1', 'exit 0', 'echo nonsense; exit 1'])(
		'the built-in decoders read what ffmpeg does not (%s)',
		async (script) => {
			const ffmpegPath = await installFfmpeg(script);
			const input = await sealFixture('tone.mp3');
			const note = await toVoiceNote({ input, output: folder.at('note.ogg'), ffmpegPath });
			expect(toLoudestHertz((await playVoiceNote(note)).samples)).toBe(440);
			expect((await folder.list()).filter((name) => name.startsWith('note'))).toEqual(['note.ogg']);
		},
	);

	it('a file that breaks off on its way to ffmpeg makes no shorter voice note', async () => {
		const ffmpegPath = await installFfmpeg(writeTone);
		const tone = await readFile(fixture('tone.mp3'));
		const input = await folder.seal(Buffer.concat(Array<Buffer>(9).fill(tone)));
		await flipBit(input.path, toSealedBytes(input.sizeBytes) - 99);
		const converting = toVoiceNote({ input, output: folder.at('note.ogg'), ffmpegPath });
		await expect(converting).rejects.toBeInstanceOf(DamagedFileError);
	});

	it('an ffmpeg that is gone since is no obstacle', async () => {
		const input = await sealFixture('tone.mp3');
		const options = { output: folder.at('note.ogg'), ffmpegPath: folder.at('gone') };
		const note = await toVoiceNote({ input, ...options });
		expect((await playVoiceNote(note)).seconds).toBeGreaterThan(1.9);
	});

	it('Opus passes by ffmpeg', async () => {
		const ffmpegPath = await installFfmpeg('exit 1');
		await toVoiceNote({
			input: await sealFixture('tone.opus.ogg'),
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
		const input = await sealFixture('tone.mp3');
		const options = { input, output, ffmpegPath, turn: { owner: 'a', signal: abort.signal } };
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
		const input = await sealFixture('tone.mp3');
		const note = await toVoiceNote({ input, output: folder.at('note.ogg'), ffmpegPath });
		expect(toLoudestHertz((await playVoiceNote(note)).samples)).toBe(440);
	});
});
