import type { Clock, Timer } from '../../Clock';
import type { Database } from '../../storage/Database';
import type { Statement } from '../../storage/Statement';
import type { Receiver } from '../receivers/Receiver';
import type { ReceiverDirectory } from '../receivers/ReceiverDirectory';
import type { Failing } from '../policy/Breaker';
import { failPending, movePending } from '../rows/outcomeRows';
import type { PendingDelivery } from '../rows/PendingDelivery';
import { listPendingReceivers } from '../rows/pendingRows';
import type { ReceiverLane } from './ReceiverLane';

/** How long attempts under way may take to end when their receiver is changed. */
const CHANGE_GRACE_MS = 500;
/** When what waits for a receiver cannot be read, it is tried again after this time. */
const READ_PAUSE_MS = 5_000;

/** The receivers that a change touches, and its rows. Nothing is done when there are none. */
export interface ReceiverChange {
	keys: readonly string[];
	statements: Statement[];
}

interface DispatcherOptions {
	database: Database;
	directory: ReceiverDirectory;
	openLane: (receiver: Receiver) => ReceiverLane;
	/** Hands over what is still to be written, so that it is on disk before a change. */
	beforeWrite: () => void;
	clock: Clock;
	onError: (error: unknown) => void;
}

/** The lanes of all receivers: opens them, and closes and reopens them around every change. */
export class Dispatcher {
	private readonly lanes = new Map<string, ReceiverLane>();
	/** Receivers that are being changed; what is announced meanwhile is read from the database later. */
	private readonly changing = new Set<string>();
	private readonly changes = new Map<string, Promise<void>>();
	/** Receivers that could not be read, and when that is tried again. */
	private readonly unread = new Map<string, Timer>();
	private idleListeners: Array<() => void> = [];
	private isRunning = false;

	constructor(private readonly options: DispatcherOptions) {}

	/** Resumes everything that is pending. */
	start(): void {
		this.isRunning = true;
		for (const pending of listPendingReceivers(this.options.database)) {
			this.reopen(pending.instance_id, pending.receiver);
		}
	}

	/** Ends the attempts under way, within `graceMs`; what is left is resumed by the next start. */
	async stop(graceMs: number): Promise<void> {
		this.isRunning = false;
		for (const timer of this.unread.values()) timer.cancel();
		this.unread.clear();
		const closing = [...this.lanes.values()].map((lane) => lane.close(graceMs));
		await Promise.all([...closing, ...this.changes.values()]);
		this.lanes.clear();
	}

	/** A delivery is on disk and may begin. */
	announce(instanceId: string, receiverKey: string, delivery: PendingDelivery): void {
		if (!this.isRunning || this.isReadLater(receiverKey)) return;
		const lane = this.lanes.get(receiverKey) ?? this.open(instanceId, receiverKey);
		lane?.add(delivery);
	}

	/** Something was detached for this receiver and is due. */
	wake(instanceId: string, receiverKey: string): void {
		if (!this.isRunning || this.isReadLater(receiverKey)) return;
		const lane = this.lanes.get(receiverKey);
		if (lane) lane.wake();
		else this.reopen(instanceId, receiverKey);
	}

	/**
	 * Writes a change of an instance's receivers, or of what waits for them, while nothing of theirs
	 * is under way; then goes on with what the database says. One change an instance at a time; `plan`
	 * is asked when its turn has come.
	 */
	change(instanceId: string, plan: () => ReceiverChange): Promise<void> {
		const before = this.changes.get(instanceId) ?? Promise.resolve();
		const change = before.then(() => this.applyChange(instanceId, plan()));
		const settled = change
			.catch(() => undefined)
			.finally(() => {
				if (this.changes.get(instanceId) === settled) this.changes.delete(instanceId);
				this.notifyIdle();
			});
		this.changes.set(instanceId, settled);
		return change;
	}

	/** Since when a receiver fails as a whole; undefined while it does not. */
	failing(receiverKey: string): Failing | undefined {
		return this.lanes.get(receiverKey)?.failing;
	}

	/** How many receivers fail as a whole. */
	countFailing(): number {
		return [...this.lanes.values()].filter(({ failing }) => failing).length;
	}

	/** Drops a receiver at once: it was disabled, or its rows are gone. */
	close(receiverKey: string): void {
		const lane = this.lanes.get(receiverKey);
		this.lanes.delete(receiverKey);
		void lane?.close(0);
	}

	/** Drops all receivers of an instance whose rows are gone. */
	closeInstance(instanceId: string): void {
		for (const lane of [...this.lanes.values()]) {
			if (lane.instanceId === instanceId) this.close(lane.receiverKey);
		}
	}

	/** Resolves when no attempt is under way and none is due. */
	async idle(): Promise<void> {
		while (this.isBusy()) {
			await new Promise<void>((resolve) => this.idleListeners.push(resolve));
		}
	}

	/** To be called after each attempt. */
	notifyIdle(): void {
		if (this.idleListeners.length === 0 || this.isBusy()) return;
		for (const listener of this.idleListeners.splice(0)) listener();
	}

	private isBusy(): boolean {
		return this.changes.size > 0 || [...this.lanes.values()].some((lane) => lane.isBusy);
	}

	private async applyChange(
		instanceId: string,
		{ keys, statements }: ReceiverChange,
	): Promise<void> {
		if (statements.length === 0) return;
		for (const key of keys) this.changing.add(key);
		try {
			await Promise.all(keys.map(async (key) => this.lanes.get(key)?.close(CHANGE_GRACE_MS)));
			for (const key of keys) this.lanes.delete(key);
			this.options.beforeWrite();
			await this.options.database.write(statements);
		} finally {
			this.options.directory.forget(instanceId);
			for (const key of keys) this.changing.delete(key);
			if (this.isRunning) this.reopenKnown(instanceId, keys);
		}
	}

	/** What is announced now is read from the database later. */
	private isReadLater(key: string): boolean {
		return this.changing.has(key) || this.unread.has(key);
	}

	private reopenKnown(instanceId: string, keys: readonly string[]): void {
		for (const key of new Set(keys)) {
			this.reopen(instanceId, key, { ifKnown: true });
		}
	}

	/** Never throws: one receiver that cannot be read is no reason not to deliver to the others. */
	private reopen(instanceId: string, key: string, { ifKnown = false } = {}): void {
		this.unread.get(key)?.cancel();
		this.unread.delete(key);
		try {
			if (ifKnown && !this.options.directory.find(instanceId, key)) return;
			this.open(instanceId, key)?.load();
		} catch (error) {
			this.options.onError(error);
			this.close(key);
			this.reopenLater(instanceId, key);
		}
	}

	private reopenLater(instanceId: string, key: string): void {
		const again = () => {
			if (this.isRunning && !this.changing.has(key)) this.reopen(instanceId, key);
		};
		this.unread.set(key, this.options.clock.setTimer(again, READ_PAUSE_MS));
	}

	private open(instanceId: string, key: string): ReceiverLane | undefined {
		const receiver = this.options.directory.find(instanceId, key);
		if (!receiver) {
			this.rehome(instanceId, key);
			return undefined;
		}
		if (receiver.disabled !== null) return undefined;
		const lane = this.options.openLane(receiver);
		this.lanes.set(key, lane);
		return lane;
	}

	/** Deliveries of a receiver that is there no more: to where their slot leads now, else failed. */
	private rehome(instanceId: string, key: string): void {
		const { directory, clock } = this.options;
		const moves: Statement[] = [];
		const keys = [key];
		for (const receiver of directory.receiversOf(instanceId)) {
			if (receiver.kind !== 'slots' || !key.startsWith('slots:')) continue;
			keys.push(receiver.key);
			for (const event of receiver.events) {
				moves.push(
					movePending({
						from: key,
						to: receiver.key,
						url: receiver.url,
						event,
						nowMs: clock.now(),
					}),
				);
			}
		}
		const statements = [...moves, failPending(key, undefined, clock.now())];
		this.change(instanceId, () => ({ keys, statements })).catch(this.options.onError);
	}
}
