/**
 * Keeps Baileys quiet and short-lived in tests: libsignal prints sessions, private keys included, and the
 * 30 s timer of each prekey upload is never cleared and would keep the process alive.
 */
export function calmBaileys(): void {
	const isAboutSessions = (first: unknown): boolean =>
		typeof first === 'string' && /session|prekey bundle|pubkey of length/i.test(first);
	for (const level of ['info', 'warn', 'error'] as const) {
		const print = console[level].bind(console);
		console[level] = (...args: unknown[]) => {
			if (!isAboutSessions(args[0])) print(...args);
		};
	}
	const LONG_MS = 20_000;
	const schedule = globalThis.setTimeout;
	const scheduleUnref = (
		callback: (...args: unknown[]) => void,
		ms?: number,
		...args: unknown[]
	): NodeJS.Timeout => {
		const timer = schedule(callback, ms, ...args);
		if (ms !== undefined && ms >= LONG_MS) timer.unref();
		return timer;
	};
	const properties = Object.getOwnPropertyDescriptors(schedule);
	globalThis.setTimeout = Object.defineProperties(scheduleUnref as typeof setTimeout, properties);
}
