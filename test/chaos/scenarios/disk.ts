import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ErrorBody } from '../../../contract';
import type { Scenario } from '../Scenario';
import type { Stage, StageOptions } from '../Stage';
import { withTraffic } from '../withTraffic';

const SIZE_MB = 96;
const NOTICE_TIMEOUT_MS = 120_000;
/** Long texts: what was written before and is free again takes some of them although the disk is full. */
const FILLER = '.'.repeat(40_000);

/** A disk that can be full at will. */
interface Disk {
	/** How it is made to be full. */
	kind: string;
	stage: StageOptions;
	fill(): void;
	empty(): void;
	remove(): void;
}

/** The disk is full for a while: nothing is receipted or promised that is not written. */
export const disk: Scenario = {
	name: 'disk',
	title: 'the disk is full, and has space again',
	rounds: { full: 10, short: 1 },
	run: async (run) => {
		const some = mountSmallDisk() ?? limitDatabase();
		try {
			return await withTraffic({ stage: some.stage }, run, async (stage, traffic) => {
				const contact = stage.simulator.createContact({ number: '15550009999' });
				const refused: string[] = [];
				for (let round = 0; round < run.rounds; round++) {
					await traffic.progress(5);
					some.fill();
					refused.push(await untilRefused(stage, contact.number, round));
					await delay(run.random() * 2_000);
					some.empty();
					await traffic.progress(10, 60_000);
				}
				const arrived = contact.inbox.filter(({ text }) => refused.includes(text ?? ''));
				if (arrived.length > 0) throw new Error(`${arrived.length} refused texts arrived`);
				return { 'full by': some.kind, 'refused with 503': refused.length };
			});
		} finally {
			some.remove();
		}
	},
};

/** The text that was refused; nobody sends it again, so it may never arrive. */
async function untilRefused(stage: Stage, number: string, round: number): Promise<string> {
	const giveUpAt = Date.now() + NOTICE_TIMEOUT_MS;
	for (let n = 0; Date.now() < giveUpAt; n++) {
		const message = `refused? ${round} ${n}${FILLER}`;
		const { status, body } = await stage.runner.call<ErrorBody>('POST', '/api/text', {
			number,
			message,
		});
		if (status === 503 && body.code === 'storage_unavailable') return message;
		if (status >= 300) throw new Error(`The full disk was answered with ${status} ${body.code}`);
	}
	throw new Error('The full disk was not noticed');
}

/** A file system of its own, which takes the rights to mount one. */
function mountSmallDisk(): Disk | undefined {
	const folder = mkdtempSync(join(tmpdir(), 'aww-disk-'));
	const filler = join(folder, 'filler');
	try {
		const options = ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m`, 'tmpfs', folder];
		execFileSync('mount', options, { stdio: 'ignore' });
	} catch {
		rmSync(folder, { recursive: true });
		return undefined;
	}
	return {
		kind: `a file system of ${SIZE_MB} MB`,
		stage: { dataDir: join(folder, 'data') },
		fill: () => fillUp(filler),
		empty: () => rmSync(filler, { force: true }),
		remove: () => {
			execFileSync('umount', ['-l', folder]);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

function fillUp(file: string): void {
	for (const bytes of [1 << 20, 1 << 12]) {
		try {
			for (;;) appendFileSync(file, Buffer.alloc(bytes));
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
		}
	}
}

/** SQLite itself says "full": the database may not grow. */
function limitDatabase(): Disk {
	const folder = mkdtempSync(join(tmpdir(), 'aww-disk-'));
	const file = join(folder, 'pages');
	return {
		kind: 'a limit of the database',
		stage: { env: { CHAOS_PAGE_LIMIT_FILE: file } },
		// Never less than there are already.
		fill: () => writeFileSync(file, '1'),
		empty: () => rmSync(file, { force: true }),
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}
