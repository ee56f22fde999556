/**
 * Loaded into a runner before anything of its own (`node --import`), in its main thread and in the
 * database's: what a test cannot do to a process from outside. It measures memory, moves the clock, lets
 * timers come true early, limits the size of the database, and shortens the pauses between reconnects.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { DatabaseSync } from 'node:sqlite';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

/** A question over the process's channel. */
type Question =
	| { op: 'measure' }
	/** The clock is set forward or back, and nothing else happens. */
	| { op: 'setClock'; byMs: number }
	/** Time passes: the clock goes forward, and timers come true in their order. */
	| { op: 'pass'; ms: number };

/** Timers of at least so long can be made to come true early; shorter ones are the business of a moment. */
const MIN_PASSABLE_MS = 1_000;

const RealDate = Date;
let clockMs = Number(process.env.CHAOS_CLOCK_MS ?? 0);

globalThis.Date = new Proxy(RealDate, {
	construct: (target, args, newTarget) =>
		Reflect.construct(target, args.length > 0 ? args : [target.now() + clockMs], newTarget) as Date,
	get: (target, key, receiver) =>
		key === 'now' ? () => target.now() + clockMs : (Reflect.get(target, key, receiver) as unknown),
});

interface LongTimer {
	dueAt: number;
	run: () => void;
}

const longTimers = new Map<NodeJS.Timeout, LongTimer>();
const realSetTimeout = globalThis.setTimeout;
const realClearTimeout = globalThis.clearTimeout;

/** Time since the start, that which was let pass included. */
let passedMs = 0;
const uptime = () => performance.now() + passedMs;

function setTimeoutThatPasses(
	callback: (...args: unknown[]) => void,
	delayMs = 0,
	...args: unknown[]
): NodeJS.Timeout {
	if (!(delayMs >= MIN_PASSABLE_MS)) return realSetTimeout(callback, delayMs, ...args);
	const run = () => {
		longTimers.delete(timer);
		callback(...args);
	};
	const timer = realSetTimeout(run, delayMs);
	longTimers.set(timer, { dueAt: uptime() + delayMs, run });
	return timer;
}

function clearTimeoutThatPasses(timer?: NodeJS.Timeout | string | number): void {
	realClearTimeout(timer);
	longTimers.delete(timer as NodeJS.Timeout);
	const successor = successors.get(timer as NodeJS.Timeout);
	if (successor) clearTimeoutThatPasses(successor);
}

/** Timers whose time has shrunk, by the one that was given out. */
const successors = new WeakMap<NodeJS.Timeout, NodeJS.Timeout>();

function pass(ms: number): void {
	clockMs += ms;
	passedMs += ms;
	const now = uptime();
	for (const [timer, { dueAt, run }] of [...longTimers].sort((a, b) => a[1].dueAt - b[1].dueAt)) {
		realClearTimeout(timer);
		longTimers.delete(timer);
		const successor = realSetTimeout(() => {
			longTimers.delete(successor);
			run();
		}, dueAt - now);
		if (!timer.hasRef()) successor.unref();
		successors.set(timer, successor);
		if (dueAt > now) longTimers.set(successor, { dueAt, run });
	}
}

/** To the threads beside the main one. */
const threads = new BroadcastChannel('chaos');
threads.unref();

/** V8 keeps what its busiest moment took, for the next one; asked like this it gives it back. */
const giveBack = () => globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' });

async function measure() {
	// What is only waiting to be collected, or to be closed, is no leak.
	for (let n = 0; n < 4; n++) {
		giveBack();
		threads.postMessage('collect');
		await new Promise((resolve) => realSetTimeout(resolve, 20));
	}
	const { rss, heapUsed } = process.memoryUsage();
	const resources: Record<string, number> = {};
	for (const name of process.getActiveResourcesInfo()) {
		resources[name] = (resources[name] ?? 0) + 1;
	}
	return { rss, heapUsed, resources };
}

async function answer(question: Question): Promise<unknown> {
	if (question.op === 'measure') return await measure();
	if (question.op === 'pass') pass(question.ms);
	else clockMs += question.byMs;
	return { clockMs };
}

/** Reconnects at once, where a thousand of them are to be seen. */
function shortenPauses(runnerFolder: string): void {
	const require = createRequire(import.meta.url);
	const module = require(`${runnerFolder}/sessions/reconnectDelay.js`) as {
		reconnectDelay: (attempt: number) => number;
	};
	module.reconnectDelay = () => Math.random() * 5;
}

/** A database that may not grow: SQLite itself says that the disk is full. */
function limitPages(file: string): void {
	const { exec } = DatabaseSync.prototype;
	const MAX_PAGES = 4_294_967_294;
	DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string): void {
		if (sql.startsWith('BEGIN')) {
			const pages = existsSync(file) ? Number(readFileSync(file, 'utf8')) : MAX_PAGES;
			exec.call(this, `PRAGMA max_page_count = ${pages}`);
		}
		exec.call(this, sql);
	};
}

if (isMainThread) {
	const { CHAOS_HASTY, CHAOS_PASSING } = process.env;
	if (CHAOS_HASTY) shortenPauses(CHAOS_HASTY);
	if (CHAOS_PASSING) {
		const globals = globalThis as unknown as Record<string, unknown>;
		globals.setTimeout = setTimeoutThatPasses;
		globals.clearTimeout = clearTimeoutThatPasses;
	}
	process.on('message', (question: Question) => {
		void answer(question).then((result) => process.send?.(result));
	});
	process.channel?.unref();
} else {
	threads.onmessage = giveBack;
	const { CHAOS_PAGE_LIMIT_FILE } = process.env;
	if (CHAOS_PAGE_LIMIT_FILE) limitPages(CHAOS_PAGE_LIMIT_FILE);
}
