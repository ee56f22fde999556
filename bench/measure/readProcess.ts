import { readFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** CPU time a process has used so far, all threads, milliseconds; undefined where there is no /proc. */
export function readCpuMs(pid: number): number | undefined {
	const fields = readProc(`/proc/${pid}/stat`)
		?.replace(/^.*\) /s, '')
		.split(' ');
	if (!fields) return undefined;
	const [user, system] = [fields[11], fields[12]].map(Number);
	return (((user ?? 0) + (system ?? 0)) / TICKS_PER_SECOND) * 1000;
}

/** Resident memory of a process in MB; undefined where there is no /proc. */
export function readRssMb(pid: number): number | undefined {
	const kb = /^VmRSS:\s+(\d+) kB/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
	return kb === undefined ? undefined : Number(kb) / 1024;
}

function readProc(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		// Other systems than Linux: the table says "–" there.
		return undefined;
	}
}
