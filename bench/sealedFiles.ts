import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { SealedFile } from '../runner/media/sealed/SealedFile';
import { writeHashed } from '../runner/media/writeHashed';

const MB = 1024 * 1024;
const PIECE = randomBytes(64 * 1024);
const RUNS = 9;

interface Cost {
	ms: number;
	cpuMs: number;
}

/**
 * `node -r @swc-node/register bench/sealedFiles.ts [megabytes]`: what it costs that stored files are
 * sealed: writing with a hash and reading, each in turn with the same in plain.
 */
async function main(megabytes: number): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'aww-bench-sealed-'));
	const [plain, sealed] = [join(folder, 'plain'), join(folder, 'sealed')];
	const costs: Record<string, Cost[]> = {};
	const measure = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
		const cpuBefore = process.cpuUsage();
		const startedAt = performance.now();
		const result = await work();
		const { user, system } = process.cpuUsage(cpuBefore);
		const cost = { ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 };
		(costs[name] ??= []).push(cost);
		return result;
	};
	try {
		for (let run = 0; run < RUNS; run++) {
			const maxBytes = megabytes * MB;
			await measure('write plain', () => writePlain(createSource(megabytes), plain));
			const written = await measure('write sealed', () =>
				writeHashed(createSource(megabytes), sealed, { maxBytes }),
			);
			const file = new SealedFile({ path: sealed, ...written });
			await measure('read plain', () => drain(createReadStream(plain)));
			await measure('read sealed', () => drain(file.createReadStream()));
		}
		for (const what of ['write', 'read']) {
			const [before, after] = [toMedian(costs[`${what} plain`]), toMedian(costs[`${what} sealed`])];
			process.stdout.write(
				`${what} ${megabytes} MB: plain ${toText(before)}, sealed ${toText(after)}; ` +
					`ratio ${(after.ms / before.ms).toFixed(2)}, of CPU ${(after.cpuMs / before.cpuMs).toFixed(2)}\n`,
			);
		}
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

function createSource(megabytes: number): Readable {
	const pieces = (megabytes * MB) / PIECE.length;
	return Readable.from(Array<Buffer>(pieces).fill(PIECE), { objectMode: false });
}

/** As writeHashed does, without sealing. */
async function writePlain(source: Readable, path: string): Promise<void> {
	const hash = createHash('sha256');
	const file = await open(path, 'w');
	for await (const bytes of source) {
		hash.update(bytes as Buffer);
		await file.writeFile(bytes as Buffer);
	}
	hash.digest();
	await file.close();
}

async function drain(stream: Readable): Promise<void> {
	for await (const bytes of stream) void bytes;
}

function toMedian(costs: Cost[] = []): Cost {
	const middle = (pick: (cost: Cost) => number): number =>
		costs.map(pick).sort((a, b) => a - b)[costs.length >> 1] ?? NaN;
	return { ms: middle(({ ms }) => ms), cpuMs: middle(({ cpuMs }) => cpuMs) };
}

function toText({ ms, cpuMs }: Cost): string {
	return `${Math.round(ms)} ms (${Math.round(cpuMs)} ms of CPU)`;
}

void main(Number(process.argv[2] ?? 64));
