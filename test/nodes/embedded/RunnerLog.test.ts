import { closeSync, mkdtempSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunnerLog } from '../../../nodes/embedded/RunnerLog';

describe('RunnerLog', () => {
	let dataDir: string;
	beforeEach(() => {
		dataDir = mkdtempSync(join(tmpdir(), 'runner-log-'));
	});
	afterEach(() => rmSync(dataDir, { recursive: true }));

	it('is readable by its owner alone', () => {
		const log = new RunnerLog(dataDir);
		closeSync(log.open());
		expect(statSync(log.path).mode & 0o777).toBe(0o600);
	});

	it('shows the last lines of this start, not those of an earlier one', () => {
		const log = new RunnerLog(dataDir);
		const file = log.open();
		writeSync(file, 'an old failure\n');
		const start = log.size();
		writeSync(file, `${Array.from({ length: 20 }, (_, line) => `line ${line}`).join('\n')}\n`);
		closeSync(file);
		expect(log.readTail(start).split('\n')).toEqual(
			[12, 13, 14, 15, 16, 17, 18, 19].map((n) => `line ${n}`),
		);
		expect(log.readTail(log.size())).toBe('');
	});

	it('stays small while a runner goes on writing, and keeps the older part', () => {
		const log = new RunnerLog(dataDir);
		const file = log.open();
		writeSync(file, 'x'.repeat(10 * 1024 * 1024));
		log.trim();
		writeSync(file, 'newer\n');
		closeSync(file);
		expect(readFileSync(log.path, 'utf8')).toBe('newer\n');
		expect(statSync(`${log.path}.1`).size).toBe(10 * 1024 * 1024);
	});
});
