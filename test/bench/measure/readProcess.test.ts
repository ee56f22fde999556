import { existsSync } from 'node:fs';
import { readCpuMs, readRssMb } from '../../../bench/measure/readProcess';

const hasProc = existsSync('/proc/self/stat');

(hasProc ? test : test.skip)('reads the memory and the CPU time of a process', () => {
	const usedUntil = process.cpuUsage().user / 1000;
	expect(readRssMb(process.pid)).toBeGreaterThan(10);
	expect(readCpuMs(process.pid)).toBeGreaterThanOrEqual(usedUntil - 20);
});

test('a process that is not there has no figures', () => {
	expect(readRssMb(2 ** 30)).toBeUndefined();
	expect(readCpuMs(2 ** 30)).toBeUndefined();
});
