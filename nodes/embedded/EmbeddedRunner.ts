import { runsOnNode, type PublishedRunner } from '../../contract';
import {
	HEALTHY_AFTER_MS,
	toBackoffMs,
	toNextState,
	type EmbeddedRunnerEvent,
	type EmbeddedRunnerState,
} from './embeddedRunnerState';
import { isAnswering } from './isAnswering';
import type { OwnBuild } from './OwnBuild';
import { Predecessor } from './Predecessor';
import { isOwned, readPublishedRunner } from './readRunnerFiles';
import { RunnerLog } from './RunnerLog';
import { startRunnerProcess, type RunnerExit, type RunnerProcess } from './startRunnerProcess';
import { toFailure, toNodeTooOld, toUnreachable } from './toFailure';

export interface EmbeddedRunnerOptions {
	dataDir: string;
	/** Arguments of Node that start the runner. */
	args: readonly string[];
	env: NodeJS.ProcessEnv;
	/** What this code belongs to: a runner of an older one is replaced. */
	build: OwnBuild;
	/** How long a caller waits, and how long a child may take to become ready. */
	startTimeoutMs?: number;
	/** How often a process that uses another's runner looks whether its owner is still there. */
	watchMs?: number;
}

interface Waiter {
	resolve(runner: PublishedRunner): void;
	reject(error: Error): void;
}

const POLL_MS = 100;
const IDLE_POLL_MS = 1_000;
const READY_TIMEOUT_MS = 2_000;
const TRIM_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/**
 * The embedded runner as one process of n8n sees it: finds the live one, starts it when there is
 * none, and starts it again when it or its owner is gone. Acts on embeddedRunnerState.ts. Keeps no
 * process from exiting, except while a caller waits. A runner of an older version is replaced.
 */
export class EmbeddedRunner {
	private state: EmbeddedRunnerState = 'idle';
	private known: PublishedRunner | undefined;
	private child: RunnerProcess | undefined;
	private lastExit: string | undefined;
	private exitsInARow = 0;
	/** On the clock that nobody sets. */
	private enteredAt = 0;
	private timer: NodeJS.Timeout | undefined;
	private readonly waiters = new Set<Waiter>();
	private successor: (() => Promise<PublishedRunner>) | undefined;
	private readonly predecessor: Predecessor;
	private readonly log: RunnerLog;
	private readonly startTimeoutMs: number;
	private readonly watchMs: number;

	constructor(private readonly options: EmbeddedRunnerOptions) {
		this.log = new RunnerLog(options.dataDir);
		this.predecessor = new Predecessor(options.dataDir, options.build);
		this.startTimeoutMs = options.startTimeoutMs ?? 20_000;
		this.watchMs = options.watchMs ?? 2_000;
	}

	/**
	 * The live runner of the data folder, started when there is none.
	 * @throws Error with the runner's last words and a remedy when there is none within 20 s, and at
	 * once on a Node that no runner runs on.
	 */
	async find(): Promise<PublishedRunner> {
		const { node } = process.versions;
		if (!runsOnNode(node)) throw toNodeTooOld(node);
		if (this.successor) return await this.successor();
		this.dispatch('wanted');
		if (this.known !== undefined && this.isSettled()) {
			const { url } = this.known;
			const live = await this.look();
			if (live?.url === url) return live;
			if (this.known.url === url) this.dispatch('lost');
		}
		return await this.wait();
	}

	/** Ends our child, if there is one, and forgets everything. */
	async stop(): Promise<void> {
		this.dispatch('stopped');
		for (const waiter of this.waiters) waiter.reject(new Error('The embedded runner was stopped.'));
		const child = this.child;
		if (child === undefined) return;
		child.kill('SIGTERM');
		const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
		await child.exited;
		clearTimeout(force);
	}

	/**
	 * Leaves everything, calls that wait included, to a newer copy of this code in the same process. The
	 * child goes on until that one asks it to go.
	 */
	retire(successor: () => Promise<PublishedRunner>): void {
		this.successor = successor;
		this.child = undefined;
		this.dispatch('stopped');
		for (const waiter of this.waiters) {
			successor().then(
				(runner) => waiter.resolve(runner),
				(error: Error) => waiter.reject(error),
			);
		}
	}

	private isSettled(): boolean {
		return this.state === 'owning' || this.state === 'using';
	}

	private dispatch(event: EmbeddedRunnerEvent): void {
		const next = toNextState(this.state, event);
		if (next === undefined) return;
		clearTimeout(this.timer);
		this.state = next;
		this.enteredAt = performance.now();
		this.enter(next);
	}

	private enter(state: EmbeddedRunnerState): void {
		switch (state) {
			case 'idle':
				return;
			case 'looking':
				return void this.poll();
			case 'starting':
				return this.start();
			case 'owning':
				return this.settle(() => this.log.trim(), TRIM_MS);
			case 'using':
				return this.settle(() => this.watchOwner(), this.watchMs);
			case 'backingOff':
				this.exitsInARow += 1;
				return this.after(toBackoffMs(this.exitsInARow), () => this.dispatch('retry'));
		}
	}

	private after(ms: number, act: () => void): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(act, ms).unref();
	}

	/** Looks again and again until the state changes. */
	private async poll(): Promise<void> {
		const state = this.state;
		const live = await this.look();
		if (this.state !== state) return;
		const isOwn = live !== undefined && live.pid === this.child?.pid;
		if (live !== undefined && (isOwn || state === 'looking')) {
			this.known = live;
			return this.dispatch(isOwn ? 'foundOwn' : 'foundOther');
		}
		if (state === 'starting' && performance.now() - this.enteredAt > this.startTimeoutMs) {
			this.child?.kill('SIGKILL');
		}
		if (state === 'looking' && this.isFree()) return this.dispatch('unowned');
		this.after(this.waiters.size > 0 ? POLL_MS : IDLE_POLL_MS, () => void this.poll());
	}

	private isFree(): boolean {
		return !isOwned(this.options.dataDir) && !this.predecessor.isSuccessorComing();
	}

	/** The runner that answers and stays. What a dead owner has published counts for nothing. */
	private async look(): Promise<PublishedRunner | undefined> {
		const published = readPublishedRunner(this.options.dataDir);
		if (published === undefined || !isOwned(this.options.dataDir)) return undefined;
		const isReady = await isAnswering(`${published.url}/readyz`, {
			timeoutMs: READY_TIMEOUT_MS,
		});
		return isReady && !(await this.predecessor.isLeaving(published)) ? published : undefined;
	}

	private start(): void {
		this.child?.kill('SIGKILL');
		try {
			const child = startRunnerProcess({ ...this.options, log: this.log });
			this.child = child;
			void child.exited.then((exit) => this.observeExit(child, exit));
			void this.poll();
		} catch (error) {
			this.fail(error instanceof Error ? error.message : String(error));
		}
	}

	private observeExit(child: RunnerProcess, { yielded, reason }: RunnerExit): void {
		if (this.child !== child) return;
		this.child = undefined;
		if (yielded) this.dispatch('yielded');
		else this.fail(reason);
	}

	private fail(reason: string): void {
		this.lastExit = reason;
		const wasStarting = this.state === 'starting';
		if (this.state === 'owning' && performance.now() - this.enteredAt > HEALTHY_AFTER_MS) {
			this.exitsInARow = 0;
		}
		this.dispatch('exited');
		// A runner that was well and crashed is back in a moment: callers wait for that instead.
		if (wasStarting) this.rejectAll(toFailure(reason, this.log.path));
	}

	private settle(act: () => void, everyMs: number): void {
		const runner = this.known;
		if (runner === undefined) return;
		for (const waiter of this.waiters) waiter.resolve(runner);
		const repeat = () => {
			act();
			if (this.isSettled()) this.after(everyMs, repeat);
		};
		this.after(everyMs, repeat);
	}

	private watchOwner(): void {
		if (!isOwned(this.options.dataDir)) this.dispatch('lost');
	}

	private rejectAll(error: Error): void {
		for (const waiter of this.waiters) waiter.reject(error);
	}

	private async wait(): Promise<PublishedRunner> {
		if (this.known !== undefined && this.isSettled()) return this.known;
		let limit: NodeJS.Timeout | undefined;
		let waiter: Waiter | undefined;
		try {
			return await new Promise<PublishedRunner>((resolve, reject) => {
				waiter = { resolve, reject };
				this.waiters.add(waiter);
				limit = setTimeout(() => reject(this.toTimeout()), this.startTimeoutMs);
			});
		} finally {
			clearTimeout(limit);
			if (waiter) this.waiters.delete(waiter);
		}
	}

	private toTimeout(): Error {
		if (this.state === 'looking' && this.child === undefined) {
			return toUnreachable(this.options.dataDir, readPublishedRunner(this.options.dataDir));
		}
		return toFailure(
			this.lastExit ?? `not ready within ${this.startTimeoutMs / 1000} seconds`,
			this.log.path,
		);
	}
}
