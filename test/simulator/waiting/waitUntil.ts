import type { Notifier } from './Notifier';

/** How long a wait of the simulator lasts when nothing else is said. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** One wait: `look` is asked now and at every change until it returns something other than undefined. */
export interface Wait<T> {
	readonly on: Notifier;
	readonly look: () => T | undefined;
	/** What is waited for and what is there instead; becomes the error's text. */
	readonly describe: () => string;
	readonly timeoutMs?: number | undefined;
}

/** Resolves with what `look` finds, rejects after `timeoutMs` saying what was awaited and what was seen. */
export function waitUntil<T>({ on, look, describe, timeoutMs = DEFAULT_TIMEOUT_MS }: Wait<T>) {
	return new Promise<T>((resolve, reject) => {
		const first = look();
		if (first !== undefined) return resolve(first);
		const settle = (act: () => void): void => {
			clearTimeout(timer);
			unsubscribe();
			act();
		};
		const timer = setTimeout(() => {
			settle(() => reject(new Error(`Waited ${timeoutMs} ms for ${describe()}`)));
		}, timeoutMs);
		timer.unref();
		const unsubscribe = on.subscribe(() => {
			try {
				const found = look();
				if (found !== undefined) settle(() => resolve(found));
			} catch (error) {
				settle(() => reject(error instanceof Error ? error : new Error(String(error))));
			}
		});
	});
}
