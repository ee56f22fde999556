import {
	cpSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toMemoryFigures } from '../memory';
import type { Scenario } from '../Scenario';
import { Stage } from '../Stage';
import { Traffic } from '../Traffic';

type Damage = (folder: string, random: () => number) => string;

const DATABASE = 'runner.db';
const WAL = 'runner.db-wal';
const PAGE_BYTES = 4_096;

const DAMAGES: readonly Damage[] = [
	(folder, random) => cutOff(join(folder, WAL), random()),
	(folder, random) => cutOff(join(folder, DATABASE), random()),
	(folder, random) => flip(join(folder, DATABASE), random),
	(folder, random) => flip(join(folder, WAL), random),
	(folder) => cutOff(join(folder, DATABASE), 0),
	(folder, random) => erasePage(join(folder, DATABASE), random),
	(folder) => erasePage(join(folder, DATABASE), () => 0),
];

/** A database that is torn or damaged is said to be; whatever starts still knows its account. */
export const torn: Scenario = {
	name: 'torn',
	title: 'the database file is cut off, overwritten or bit-flipped',
	rounds: { full: 42, short: 3 },
	async run({ rounds, random }) {
		const stage = await Stage.open();
		const copies = mkdtempSync(join(tmpdir(), 'aww-torn-'));
		try {
			const before = await stage.measure();
			const traffic = new Traffic(stage, random);
			traffic.start();
			await traffic.progress(60);
			await traffic.stop();
			const after = await stage.measure();
			await stage.runner.kill();
			const outcomes = { refused: 0, 'kept down': 0, connected: 0 };
			for (let round = 0; round < rounds; round++) {
				const dataDir = join(copies, String(round));
				cpSync(stage.runner.dataDir, dataDir, { recursive: true });
				const what = DAMAGES[round % DAMAGES.length]!(dataDir, random);
				outcomes[await tryToStart(stage, dataDir, what)]++;
				rmSync(dataDir, { recursive: true, force: true });
			}
			return { ...outcomes, 'new instances': 0, ...toMemoryFigures(before, after) };
		} finally {
			rmSync(copies, { recursive: true, force: true });
			await stage.close();
		}
	},
};

async function tryToStart(
	stage: Stage,
	dataDir: string,
	what: string,
): Promise<'refused' | 'kept down' | 'connected'> {
	const runner = stage.createRunner({ dataDir });
	runner.actAs(stage.runner);
	const damaged = readFileSync(join(dataDir, DATABASE));
	try {
		try {
			await runner.start();
		} catch (error) {
			assertExplained(runner.log, what, error);
			if (!readFileSync(join(dataDir, DATABASE)).equals(damaged)) {
				throw new Error(`${what}: the damaged file was changed`, { cause: error });
			}
			return 'refused';
		}
		const { status, body } = await runner.call<{ state: string; lastError: string | null }>(
			'GET',
			'/api/instance',
		);
		if (status === 200 && ['connected', 'reconnecting'].includes(body.state)) return 'connected';
		if (status === 200 && body.state === 'stopped' && body.lastError) return 'kept down';
		throw new Error(`${what}: ${status} ${JSON.stringify(body)}`);
	} finally {
		await runner.kill();
		stage.assertSameLogin();
	}
}

/** In words, naming the file, with something to do about it. */
function assertExplained(log: string, what: string, cause: unknown): void {
	const isExplained = /runner\.db/.test(log) && /restore it from a backup/.test(log);
	if (!isExplained || /^\s+at /m.test(log)) throw new Error(`${what}: it says\n${log}`, { cause });
}

function cutOff(file: string, share: number): string {
	const { size } = statSync(file);
	truncateSync(file, Math.floor(size * share));
	return `${file} of ${size} bytes, cut off at ${Math.floor(size * share)}`;
}

function flip(file: string, random: () => number): string {
	const bytes = readFileSync(file);
	const count = 1 + Math.floor(random() * 64);
	const at = Array.from({ length: count }, () => Math.floor(random() * bytes.length));
	for (const index of at) bytes[index]! ^= 1 << Math.floor(random() * 8);
	writeFileSync(file, bytes);
	return `${file} with ${count} bits flipped, the first in byte ${at[0]}`;
}

function erasePage(file: string, random: () => number): string {
	const bytes = readFileSync(file);
	const page = Math.floor((random() * bytes.length) / PAGE_BYTES);
	bytes.fill(0, page * PAGE_BYTES, (page + 1) * PAGE_BYTES);
	writeFileSync(file, bytes);
	return `${file} with page ${page} erased`;
}
